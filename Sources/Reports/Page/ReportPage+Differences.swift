import Runs

extension ReportPage {
  /// More values than these are the difference between two networks, which their layers show better.
  private static let mostValues = 24

  /// The values that differ between the specs.
  var differences: Section? {
    guard specs.count > 1 else { return nil }
    let values = SpecDifferences(
      specs.map { (try? SpecValues(path: $0.shown.folder.path(of: .resolved))) ?? SpecValues([]) }
    ).differing
    guard !values.isEmpty else { return nil }
    // Layers differ in many values at once; what else differs is seen first.
    let isLayer = { (key: String) in key.hasPrefix("model.") }
    let sorted = values.filter { !isLayer($0.key) } + values.filter { isLayer($0.key) }
    let shown = sorted.prefix(Self.mostValues)
    let table = PageTable(
      caption: "Values that differ between the experiments",
      columns: [.text("value")]
        + specs.map { .text(specs.count > 1 ? "\($0.letter) \($0.row.label)" : $0.row.label) },
      rows: shown.map { key, values in
        [.init("<code>\(PageTable.breakable(key, after: "."))</code>")]
          + values.map { .init(text: $0 ?? "–") }
      })
    let rest = sorted.count - shown.count
    let notes = [
      rest > 0 ? "\(rest) more values of layers differ; see the layers of each experiment." : nil,
      omission(of: specs.count, "experiments"),
    ].compactMap(\.self)
    return Section(
      identifier: "differences", title: "What varies",
      content:
        "\(table.html)\(notes.isEmpty ? nil : "<p class=\"note\">\(notes.joined(separator: " "))</p>\n")"
    )
  }
}
