extension ReportPage {
  /// More values than these are the difference between two networks, which their layers show better.
  private static let mostValues = 24

  /// The values that differ between the specs.
  var differences: Section? {
    let table = comparison.specs
    // What is the same wherever it is at all follows from something else that differs.
    let all = table.differences(between: Set(specs.map(\.row.specHash))).filter(\.varies)
      .map(\.key)
    // Layers differ in many values at once; what else differs is seen first.
    let keys = all.filter { !$0.isLayers } + all.filter(\.isLayers)
    guard !keys.isEmpty else { return nil }
    let rows = keys.prefix(Self.mostValues).map { key -> [PageTable.Cell] in
      [PageTable.Cell("<code>\(PageTable.breakable(key, after: "."))</code>")]
        + specs.map { spec in
          PageTable.Cell(text: table.value(of: key, in: spec.row.specHash) ?? "–")
        }
    }
    let content = PageTable(
      caption: "Values that differ between the experiments",
      columns: [.text("value")] + specs.map { .text("\($0.letter) \($0.row.label)") }, rows: rows,
      wraps: true)
    let rest = keys.count - rows.count
    let note = Self.note([
      rest > 0
        ? "\(rest) more values differ; see the layers and the spec of each experiment." : nil,
      omission(of: specs.count, "experiments"),
    ])
    return Section(
      identifier: "differences", title: "What varies", content: "\(content.html)\(note)")
  }
}
