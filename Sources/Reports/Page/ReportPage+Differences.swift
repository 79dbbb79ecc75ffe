extension ReportPage {
  private static let mostValues = 30
  /// More values of layers than these are the difference between networks, which their layers show better.
  private static let mostLayerValues = 12

  /// The values that differ between the specs.
  var differences: Section? {
    let table = comparison.values
    // Values that are the same in all experiments that have them follow from some other difference.
    let all = table.differences(between: Set(specs.map(\.row.specHash))).filter(\.varies)
      .map(\.address)
    guard !all.isEmpty else { return nil }
    let layers = all.filter(\.isOfLayers)
    let others = all.filter { !$0.isOfLayers }.prefix(Self.mostValues)
    let keys = others + (layers.count > Self.mostLayerValues ? [] : layers)
    let rows = keys.map { key -> [PageTable.Cell] in
      [PageTable.Cell("<code>\(PageTable.breakable(key, after: "."))</code>")]
        + specs.map { spec in
          PageTable.Cell(text: table.text(at: key, in: spec.row.specHash) ?? "–")
        }
    }
    let content = PageTable(
      caption: "Values that differ between the experiments",
      columns: [.text("value")] + specs.map { .text("\($0.letter) \($0.row.label)") }, rows: rows,
      wraps: true)
    let rest = all.count - rows.count
    let note = Self.note([
      rest > 0 ? "\(rest) more values differ: see layers and full spec of each experiment." : nil,
      omission(of: specs.count, "experiments"),
    ])
    return Section(
      identifier: "differences", title: "What varies",
      content: "\(rows.isEmpty ? nil : content.html)\(note)")
  }
}
