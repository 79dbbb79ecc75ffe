import FoundationEssentials
import Records
import TextLayout

extension ReportedSpec {
  /// The mistakes that the network was surest of, as pictures where the run kept them.
  var pictures: HTML? {
    guard let predictions else { return nil }
    let count = zip(predictions.labels, predictions.predicted).count { $0 != $1 }
    let heading: HTML = "<h4>Most confident mistakes</h4>\n"
    guard count > 0 else {
      let note = ReportPage.note(["No \(part.name) image was taken for another class.", seedNote])
      return "\(heading)\(note)"
    }
    let hasPictures = mistakes.contains { $0.picture != nil }
    let note = ReportPage.note([
      "\(mistakes.count) of \(count.grouped) mistake\(count == 1 ? "" : "s") on \(part.images), the most confident first.",
      seedNote, hasPictures ? nil : "The run kept no pictures.",
    ])
    let list: HTML = "<ul class=\"mistakes\">\n\(mistakes.map(item))</ul>\n"
    return "\(heading)\(note)\(hasPictures ? list : mistakesTable)"
  }

  private func item(_ mistake: Mistake, _ picture: [UInt8]?) -> HTML {
    let (label, predicted) = (classNames[mistake.label], classNames[mistake.predicted])
    let name = name(of: mistake)
    let image = picture.map { picture -> HTML in
      """
      <img alt="\(name): \(label), taken for \(predicted)" \
      src="data:image/png;base64,\(Data(picture).base64EncodedString())">
      """
    }
    return """
      <li><figure>\(image)<figcaption><span class="unseen">actual class </span>\(label) \
      <span aria-hidden="true">→</span><span class="unseen"> taken for </span> <b>\(predicted)</b>\
      <small>\(mistake.text)</small><small>\(name)</small></figcaption></figure></li>

      """
  }

  /// The file of the image, or else its place in its part: `test 321`.
  private func name(of mistake: Mistake) -> String {
    predictions?.files?[mistake.index] ?? "\(part.rawValue) \(mistake.index)"
  }

  private var mistakesTable: HTML {
    PageTable(
      caption: "Most confident mistakes",
      columns: [
        .text("image"), .text("actual class"), .text("predicted class"),
        .number("probability"),
      ],
      rows: mistakes.map { mistake, _ in
        [
          .init(text: name(of: mistake)), .init(text: classNames[mistake.label]),
          .init(text: classNames[mistake.predicted]), .init("\(mistake.text)"),
        ]
      }
    ).html
  }
}

extension Mistake {
  /// The probability, as other scores are written.
  fileprivate var text: String { Double(probability).fixed(4) }
}
