import FoundationEssentials
import Metrics
import Records
import TextLayout

extension ExperimentPredictions {
  /// The most pairs of classes that a page shows, and the most images of each.
  fileprivate static let (mostPairs, mostOfPair) = (10, 5)

  /// The mistakes of all runs that a page lists.
  fileprivate var listed: ArraySlice<CommonMistake> { mistakesOfAll.prefix(Mistake.mostPictured) }

  fileprivate var listedPairs: ArraySlice<Pair> { pairs.prefix(Self.mostPairs) }

  /// The mistakes that a page shows.
  var shown: Set<CommonMistake> {
    Set(listed + listedPairs.flatMap { $0.mistakes.prefix(Self.mostOfPair) })
  }
}

extension ReportedSpec {
  /// The mistakes of all runs, with the pictures that runs kept; nil if there are no predictions.
  var commonMistakes: HTML? {
    mistakes.map { mistakes in
      let agreement = mistakes.agreement.map { agreement -> HTML in
        "<h4>Agreement of runs</h4>\n\(ReportPage.note([agreement.sentence(part.images)]))"
      }
      return "\(agreement)\(listed(mistakes))\(pairs(mistakes))"
    }
  }

  /// The mistakes of a single run, or those that all runs make, which may be wrong labels.
  private func listed(_ mistakes: ExperimentPredictions) -> HTML {
    let runs = mistakes.runCount
    let heading: HTML =
      runs > 1 ? "<h4>Mistakes of all runs</h4>\n" : "<h4>Most confident mistakes</h4>\n"
    let (shown, all) = (mistakes.listed, mistakes.mistakesOfAll.count)
    guard all > 0 else {
      let sentence =
        runs > 1
        ? "No \(part.name) image is taken for another class by all \(runs) runs."
        : "No \(part.name) image was taken for another class."
      return "\(heading)\(ReportPage.note([sentence, runs > 1 ? nil : seedNote]))"
    }
    let hasPictures = shown.contains { pictures[$0.place] != nil }
    let note = ReportPage.note([
      runs > 1
        ? "All \(runs) runs take \(all.grouped) of \(mistakes.imageCount.grouped) \(part.images) for another class: "
          + "look whether the label is wrong. \(shown.count == all ? "They are" : "\(shown.count) of them are") "
          + "shown, those first whose other class is the most probable in the mean over runs."
        : "\(shown.count) of \(all.grouped) mistake\(all == 1 ? "" : "s") on \(part.images), the most confident first.",
      runs > 1 ? nil : seedNote,
      hasPictures ? nil : runs > 1 ? "No run kept pictures of them." : "The run kept no pictures.",
    ])
    let list: HTML = "<ul class=\"mistakes\">\n\(shown.map(item))</ul>\n"
    return "\(heading)\(note)\(hasPictures ? list : table(Array(shown)))"
  }

  private func item(_ mistake: CommonMistake) -> HTML {
    """
    <li><figure>\(image(mistake))<figcaption><span class="unseen">actual class </span>\(classNames[mistake.label]) \
    <span aria-hidden="true">→</span><span class="unseen"> taken for </span> <b>\(classNames[mistake.predicted])</b>\
    <small>\(mistake.probability.fixed(4))</small><small>\(name(of: mistake))</small></figcaption></figure></li>

    """
  }

  /// The picture of `mistake`; nil if no run kept it.
  private func image(_ mistake: CommonMistake, title: String? = nil) -> HTML? {
    pictures[mistake.place].map { picture in
      """
      <img alt="\(name(of: mistake)): \(classNames[mistake.label]), taken for \(classNames[mistake.predicted])"\
      \(title.map { " title=\"\($0)\"" as HTML }) src="data:image/png;base64,\(Data(picture).base64EncodedString())">
      """
    }
  }

  /// The file of the image, or else its place in the part of the dataset: `test 321`.
  private func name(of mistake: CommonMistake) -> String {
    mistake.file ?? "\(row.data.source(of: part)) \(mistake.index)"
  }

  private func table(_ mistakes: [CommonMistake]) -> HTML {
    PageTable(
      caption: "Mistakes",
      columns: [
        .text("image"), .text("actual class"), .text("predicted class"),
        .number("probability"),
      ],
      rows: mistakes.map { mistake in
        [
          .init(text: name(of: mistake)), .init(text: classNames[mistake.label]),
          .init(text: classNames[mistake.predicted]), .init(text: mistake.probability.fixed(4)),
        ]
      }
    ).html
  }

  /// The mistakes by pair of classes, with the most confident ones of each; nil if there are none.
  private func pairs(_ mistakes: ExperimentPredictions) -> HTML? {
    guard !mistakes.pairs.isEmpty else { return nil }
    let (shown, runs) = (mistakes.listedPairs, mistakes.runCount)
    let table = PageTable(
      caption: "Mistakes by pair of classes",
      columns: [.text("actual class"), .text("predicted class"), .number("images")]
        + (runs > 1 ? [.number("in all runs")] : []) + [.text("most confident")],
      rows: shown.map { pair in
        let ofAll = pair.mistakes.count { $0.wrongCount == runs }
        return [
          .init(text: classNames[pair.label]), .init(text: classNames[pair.predicted]),
          .init(pair.mistakes.count),
        ] + (runs > 1 ? [.init(ofAll)] : []) + [.init(samples(of: pair, runs))]
      })
    let note = ReportPage.note([
      shown.count < mistakes.pairs.count
        ? "The \(shown.count) most frequent of \(mistakes.pairs.count.grouped) pairs." : nil,
      runs > 1
        ? "An image counts if a run takes it for another class; it stands with the class that most of these runs take it for."
        : nil,
      runs > 1 ? nil : seedNote,
    ])
    return "<h4>Mistakes by pair of classes</h4>\n\(note)\(table.html)"
  }

  /// The most confident mistakes of `pair`, as pictures where there are some, else by name.
  private func samples(of pair: ExperimentPredictions.Pair, _ runs: Int) -> HTML {
    let items = pair.mistakes.prefix(ExperimentPredictions.mostOfPair).map { mistake -> HTML in
      let wrong = runs > 1 ? ", wrong in \(mistake.wrongCount) of \(runs) runs" : ""
      let title = "\(name(of: mistake)): \(mistake.probability.fixed(4))\(wrong)"
      return image(mistake, title: title) ?? "<span>\(name(of: mistake))</span>"
    }
    return "<div class=\"thumbnails\">\(items)</div>"
  }
}

extension Agreement {
  /// The agreement on `images` in words.
  fileprivate func sentence(_ images: String) -> String {
    let share = Double(unanimousCount) / Double(sampleCount)
    return
      "\(networkCount == 2 ? "Both" : "All \(networkCount)") runs take \(unanimousCount.grouped) of "
      + "\(sampleCount.grouped) \(images) (\((100 * share).fixed(1)) %) for the same class, right or wrong"
      + (networkCount == 2
        ? "" : "; two of them agree on \((100 * pairwise).fixed(1)) % in the mean over pairs")
      + (fleissKappa.map { ". Fleiss' kappa, the agreement beyond chance, is \($0.fixed(4))." }
        ?? ".")
  }
}
