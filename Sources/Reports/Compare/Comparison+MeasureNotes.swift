import Metrics
import Records
import TextLayout

extension Comparison {
  /// The rows among which `score` is ranked, as in ` among those with the same validation images`; empty if it is among
  /// all.
  func restriction(of score: ScoreName) -> String {
    let rows = rows.filter { $0.statistics(score) != nil }
    let images = rows.allSatisfy { $0.images(of: score.part) == rows[0].images(of: score.part) }
    let losses = score.metric == .loss ? Set(rows.flatMap(\.losses)).count : 1
    let specs = Set(rows.compactMap(\.experiments)).count
    let poolings = Set(rows.map { $0.isMeanOverFolds(score) }).count
    let shared =
      (images ? [] : [score.part.images]) + (losses > 1 ? ["loss function"] : [])
      + (specs > 1 ? ["specs"] : []) + (poolings > 1 ? ["way to take folds together"] : [])
    return shared.isEmpty
      ? "" : " among those with the same " + shared.joined(separator: " and the same ")
  }

  /// The numbers that are not ranked, since they do not measure the same.
  var measureNotes: [String] {
    [finalPartNote, orderNote, lossNote].compactMap(\.self)
      + rows.filter { $0.losses.count > 1 }.map {
        "\($0.label): the losses of its runs are values of several functions, and have no mean"
      }
  }

  /// The rows whose last scores are on images that something was chosen by.
  var finalPartNote: String? {
    let rows = rows.filter { $0.data.finalPart == .validation && !$0.counted.isEmpty }
    guard !rows.isEmpty else { return nil }
    let labels =
      options.finalPart == .validation ? "" : rows.map(\.label).joined(separator: ", ") + ": "
    return labels
      + "there is no test part, so all scores are validation's, by which weights may have been chosen"
  }

  /// The rows that are not sorted with each other.
  private var orderNote: String? {
    guard case .score(let score) = sortColumn else { return nil }
    let isSaid = score == options.choice && rows.contains(where: \.isBest)
    let restriction = restriction(of: score)
    return isSaid || restriction.isEmpty ? nil : "sorted by \(score.rawValue)" + restriction
  }

  /// The functions that losses are values of, with other scores to compare by.
  private var lossNote: String? {
    let rows = allRows.filter { $0.losses.count == 1 }
    guard let first = baseline ?? rows.first, let loss = first.losses.first else { return nil }
    let others = rows.lazy.compactMap { row in
      row.losses.first?.difference(from: loss).map { (row.label, $0) }
    }
    guard let (label, difference) = others.first else { return nil }
    return
      "losses are compared only where they are values of one function: that of \(label) is another than "
      + "that of \(first.label) (\(difference)); compare by accuracy, precision, recall or F1"
  }

  /// The warning that curves of losses are of different functions; nil if those of `rows` are of one.
  func lossCurvesNote(among rows: [ComparisonRow]) -> String? {
    var rows = rows
    Self.addLosses(to: &rows, values)
    return Set(rows.flatMap(\.losses)).count > 1
      ? "losses are values of different functions here: their curves compare in shape, not in height"
      : nil
  }

  /// The rows with runs that were trained on some of their test images.
  var sharedImageNotes: [String] {
    rows.filter { ($0.classIndex ?? 0) == 0 }.compactMap { row -> String? in
      let shared = row.counted.map(\.data).filter(\.hasSharedTestImages)
      guard let most = shared.max(by: { ($0.sharedTestCount ?? 0) < ($1.sharedTestCount ?? 0) })
      else { return nil }
      return
        "\(row.label): \(Set(shared.map(\.sharedTestCount)).count == 1 ? "" : "up to ")\((most.sharedTestCount ?? 0).grouped) of "
        + "\(most.testCount.grouped) test images were among the training images of \(counted(shared.count, "run"))"
    }
  }

  /// The classes that macro averages count as 0 because nothing but wrong predictions is known of them.
  var emptyClassNotes: [String] {
    let macro: [Metric] = [.precisionMacro, .recallMacro, .f1Macro]
    let parts = Set(options.shownMetrics.filter { macro.contains($0.metric) }.map(\.part))
    return ScoreName.Part.allCases.filter(parts.contains).flatMap { part -> [String] in
      var labels: [String: [String]] = [:]
      for row in rows where (row.classIndex ?? 0) == 0 {
        for name in row.classesWithoutImages(on: part) {
          labels[name, default: []].append(row.label)
        }
      }
      return labels.sorted { $0.key < $1.key }.map { name, labels in
        "class '\(name)' has no \(part.images), but some predictions; the macro averages count 0 there: "
          + Self.shortened(labels)
      }
    }
  }

  /// The first of these labels of rows, and how many more there are.
  static func shortened(_ labels: [String]) -> String {
    labels.prefix(3).joined(separator: ", ")
      + (labels.count > 3 ? " and \(labels.count - 3) more" : "")
  }
}

extension ComparisonRow {
  /// The names of classes without images of `part` for which a run that counts has taken some.
  fileprivate func classesWithoutImages(on part: ScoreName.Part) -> Set<String> {
    Set(
      self.counted.flatMap { run in
        (run.results?.scores(on: part)?.predictedWithoutSamples ?? [])
          .map { run.data.classNames[$0] }
      })
  }
}
