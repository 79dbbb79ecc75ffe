import Documents
import Records

extension Comparison {
  /// The rows in which `runs` are counted, in no order; each has a label of its own.
  static func groups(
    _ runs: [RunRecord], _ options: ComparisonOptions, _ values: ValueTable, _ names: Addresses,
    _ circumstances: CircumstanceValues
  ) -> [ComparisonRow] {
    switch options.grouping {
    case .values(let key):
      return groupedRows(runs, options.pooling) { values.text(at: key, in: $0.specHash) }
    case .circumstances:
      return groupedRows(runs, options.pooling) { circumstances.value(of: $0) }.map { row in
        var row = row
        // A version that lacks the hardest spec is not the best for that.
        row.experiments = Set(row.counted.map(\.specHash))
        return row
      }
    case .specs, .runs, .classes: break
    }
    let pooling = options.grouping == .runs ? FoldPooling.counts : options.pooling
    let rows = experiments(runs).concurrentMap { ComparisonRow($0, runs: $1, pooling: pooling) }
    return Dictionary(grouping: rows, by: \.name).values.flatMap { labelled($0, values, names) }
  }

  /// Those of `runs` for which `holds` is false.
  ///
  /// The filter applies to the runs that show how a seed or fold ended, so it never turns a superseded run into one that
  /// counts. A run is superseded only by one in the same of the circumstances that rows are `apart` by.
  static func leftOut(
    of runs: [RunRecord], by holds: (RunRecord) -> Bool, apart circumstances: CircumstanceValues
  ) -> Set<RunRecord> {
    var leftOut: Set<RunRecord> = []
    let apart = Dictionary(grouping: runs) { circumstances.value(of: $0) }.values
    for (identity, runs) in apart.flatMap(experiments) {
      let row = RowRuns(identity, runs: runs, name: nil)
      let out = (row.counted + row.unfinished).filter { !holds($0) }
      let repetitions = Set(out.map(\.repetition))
      leftOut.formUnion(out + row.superseded.filter { repetitions.contains($0.repetition) })
    }
    return leftOut
  }

  /// The runs of each experiment.
  private static func experiments(
    _ runs: [RunRecord]
  ) -> [(RowRuns.Identity, [RunRecord])] {
    Dictionary(grouping: runs) { .init(group: $0.content.specHash, images: []) }
      .map { ($0.key, $0.value) }
  }

  private static func groupedRows(
    _ runs: [RunRecord], _ pooling: FoldPooling, by value: (RunRecord) -> String?
  ) -> [ComparisonRow] {
    // Scores of different images have no mean.
    let groups = Dictionary(grouping: runs) { run in
      RowRuns.Identity(
        group: value(run) ?? "–",
        images: [run.images(of: .validation), run.images(of: .test)])
    }
    let rows = groups.map { ComparisonRow($0, runs: $1, name: $0.group, pooling: pooling) }
    return Dictionary(grouping: rows, by: \.name).values.flatMap { rows in
      rows.count == 1 ? rows : toldApartByData(rows) ?? rows
    }
  }

  /// The rows of one name, labelled with their combination of a sweep's values, or with the values that differ, or else
  /// with their data, or else with their hashes.
  private static func labelled(
    _ rows: [ComparisonRow], _ values: ValueTable, _ names: Addresses
  ) -> [ComparisonRow] {
    // Without readable values, the labels distinguish specs in another way.
    let isReadable = rows.allSatisfy { values.contains($0.specHash) }
    let differences = ValueDifferences(
      isReadable ? Set(rows.map(\.specHash)) : [], in: values, names: names)
    let texts = rows.map { $0.variant ?? differences.label(of: $0.specHash) }
    let alike = Dictionary(grouping: zip(rows, texts), by: \.1).values
    return alike.flatMap { alike in
      let rows = alike.map { row, text in
        var row = row
        if !text.isEmpty { row.label += " (\(text))" }
        return row
      }
      return rows.count == 1 ? rows : toldApartByData(rows) ?? rows.map { $0.adding($0.shortHash) }
    }
  }

  /// Rows of one label, distinguished by their data; nil if some have the same.
  private static func toldApartByData(_ rows: [ComparisonRow]) -> [ComparisonRow]? {
    guard Set(rows.map(\.data)).count == rows.count else { return nil }
    func checksums(_ row: ComparisonRow) -> [String] {
      row.data.contents.flatMap(\.checksums).map { "\($0.name) \($0.sha256.prefix(6))" }
    }
    let counts = Dictionary(
      rows.flatMap { Set(checksums($0)) }.map { ($0, 1) }, uniquingKeysWith: +)
    return rows.map { row in
      row.adding(
        checksums(row).first { counts[$0, default: 0] < rows.count } ?? row.data.countsText)
    }
  }
}

extension ComparisonRow {
  /// A row for each run that counts.
  var singleRuns: [ComparisonRow] {
    self.counted.map { run in
      var row = ComparisonRow(self.identity, runs: [run], pooling: .none)
      row.label = "\(label), \(run.repetition)"
      return row
    }
  }

  /// The row with `words` more in the parentheses behind its name.
  fileprivate func adding(_ words: String) -> ComparisonRow {
    var row = self
    row.distinction = words
    row.label = label.hasSuffix(")") ? "\(label.dropLast()), \(words))" : "\(label) (\(words))"
    return row
  }

  /// Enough of the spec's hash for a person.
  var shortHash: String { String(self.specHash.prefix(6)) }
}

extension Manifest.DataSummary {
  /// `mnist 54000/6000/10000`: training, validation and test images.
  var countsText: String { "\(dataset) \(trainingCount)/\(validationCount)/\(testCount)" }
}
