import Metrics
import Records
import TextLayout

extension RunDiff {
  /// The largest number of classes shown; with more, those that changed most.
  private static let mostClasses = 10

  /// The comparison for reading; the text of `exp diff`.
  package func text(width: Int? = nil) -> String {
    let sections = [
      heading(width), labels.isEmpty ? nil : facts("Labels", labels, width), specText(width),
      facts("Environment", environment, width),
      facts("Data", data, width), scoresText(width), classesText(width), historyText(width),
      predictionsText(width), closing(width),
    ]
    return sections.compactMap(\.self).joined(separator: "\n")
  }

  private func heading(_ width: Int?) -> String {
    [("A", first.record), ("B", second.record)].map { letter, run in
      "\(letter): \(run.title), \(run.repetition), \(run.ending)".singleLine.wrapped(to: width)
        + "\n   \(run.folder.path.singleLine)\n"
    }.joined()
  }

  private func specText(_ width: Int?) -> String? {
    let seeds = ValueDiff.list(
      first.record.coordinates, second.record.coordinates)
    let isStrange =
      spec?.isEmpty == true && data.isEmpty && first.record.specHash != second.record.specHash
    let warning =
      "The values are the same, but not the spec hashes: values.json of one run is not its own"
    return spec.map {
      facts("Spec", (seeds + $0).filter { !$0.isDetail }, width)
        + (isStrange ? warning.wrapped(to: width) + "\n" : "")
    }
  }

  private func facts(_ title: String, _ values: [ValueDiff], _ width: Int?) -> String {
    guard !values.isEmpty else { return "\(title): the same\n" }
    let differ = values.count == 1 ? "1 value differs" : "\(values.count) values differ"
    return "\(title): \(differ)\n" + ValueDiff.text(values, width: width)
  }

  private func scoresText(_ width: Int?) -> String {
    let missing = [("A", first.record), ("B", second.record)].filter { $0.1.results == nil }
    guard missing.isEmpty else {
      return missing.map { "Scores: \($0) (\($1.status.rawValue)) has none\n" }.joined()
    }
    let usual = ScoreName.allCases.filter { Metric.usual.contains($0.metric) }
    let rows = usual.compactMap { score -> [String]? in
      let (mine, theirs) = values(of: score)
      guard mine != nil || theirs != nil else { return nil }
      return [score.rawValue] + [mine, theirs].map { $0?.fixed(6) ?? "–" }
        + [
          mine.flatMap { mine in
            theirs.flatMap { canCompare(score) ? change(from: mine, to: $0, digits: 6) : nil }
          } ?? "–"
        ]
    }
    let table = TextTable(
      [.init("score"), .init("A", .right), .init("B", .right), .init("B - A", .right)],
      rows: rows + efforts)
    return table.text(width: width)
      + [imagesNote, lossNote].compactMap { $0.map { $0.wrapped(to: width) + "\n" } }.joined()
  }

  /// A note on the scores that cannot be compared.
  private var imagesNote: String? {
    let parts = ScoreName.Part.allCases.filter { part in
      let (mine, theirs) = values(of: ScoreName(part, .accuracy))
      return mine != nil && theirs != nil
    }
    let others = parts.filter { !hasSameImages(for: $0) }
    guard !others.isEmpty else { return nil }
    let scores = others == parts ? "scores" : others.map { "\($0.prefix) scores" }.joined()
    return "The data differ: the \(scores) are of different images."
  }

  /// A note on losses that are values of different functions.
  private var lossNote: String? {
    lossDifference.map {
      "The losses cannot be compared: they are values of different functions (\($0))."
    }
  }

  /// The rows on cost: parameters, epochs and training time.
  private var efforts: [[String]] {
    func counts(_ name: String, _ value: (RunRecord) -> Int?) -> [String] {
      let (mine, theirs) = (value(first.record) ?? 0, value(second.record) ?? 0)
      let change = mine == theirs ? "same" : (theirs > mine ? "+" : "") + (theirs - mine).grouped
      return [name, mine.grouped, theirs.grouped, change]
    }
    let seconds = [first, second].map { $0.record.results?.trainSeconds ?? 0 }
    return [
      counts("parameters", \.parameterCount), counts("epochs") { $0.results?.epochs },
      counts("weights_epoch") { $0.results?.weightsEpoch },
      ["train_seconds"] + seconds.map { $0.fixed(1) }
        + [change(from: seconds[0], to: seconds[1], digits: 1)],
    ]
  }

  private func classesText(_ width: Int?) -> String? {
    guard let classes else { return nil }
    let changed = classes.filter { $0.first != $0.second }
    guard !changed.isEmpty else { return "Classes: the test scores of each are the same\n" }
    let shown = classes.count <= Self.mostClasses ? classes[...] : changed.prefix(Self.mostClasses)
    func cell(_ entry: ClassDiff, _ score: (ClassScores) -> Double) -> String {
      "\(score(entry.first).fixed(4)) → \(score(entry.second).fixed(4))"
    }
    let table = TextTable(
      [
        .init("class"), .init("precision", rank: 2), .init("recall", rank: 1), .init("f1"),
        .init("change", .right),
      ],
      rows: shown.map { entry in
        [
          entry.name, cell(entry, \.precision), cell(entry, \.recall), cell(entry, \.f1),
          change(from: entry.first.f1, to: entry.second.f1, digits: 4),
        ]
      })
    let rest = changed.count - shown.count
    return "Classes, on the test images, A → B\n" + table.text(width: width)
      + (rest > 0 ? "\(rest) more classes changed less\n" : "")
  }

  private func change(from first: Double, to second: Double, digits: Int) -> String {
    first == second ? "same" : (second - first).signed(digits)
  }
}

extension ValueDiff {
  /// A table of `values`; or, where that is wider than `width`, lines with both values, A's first.
  static func text(_ values: [ValueDiff], width: Int?) -> String {
    let rows = values.map { value in
      [value.key.singleLine]
        + [value.first, value.second].map { $0.map { shortened($0.inTable) } ?? "–" }
    }
    let table = TextTable([.init("value"), .init("A"), .init("B")], rows: rows).text()
    let isFitting = table.split(separator: "\n").allSatisfy {
      String($0).displayWidth <= width ?? .max
    }
    guard !isFitting else { return table }
    return rows.map { row in
      "\(row[0]): \(row[1]) → \(row[2])".wrapped(to: width) + "\n"
    }.joined()
  }

  /// Checksums and commits are known by their first digits.
  private static func shortened(_ value: String) -> String {
    value.count >= 40 && value.allSatisfy(\.isHexDigit)
      ? String(value.prefix(12)) : value
  }
}

extension RunRecord {
  /// The seed, and the fold if there are any.
  fileprivate var coordinates: [(String, String)] {
    [("seed", "\(self.seed)")] + (self.fold.map { [("fold", "\($0.index)")] } ?? [])
  }
}
