/// Counts what was tried, for the summary that it prints.
struct Tally {
  private let title: String
  private var counts: [String: (hit: Int, whole: Int)] = [:]
  private var names: Set<String> = []

  init(_ title: String) { self.title = title }

  /// Notes that `fault` came at `point`, and whether all was well in the end.
  mutating func note(_ fault: String, at point: FaultPoint?, isWhole: Bool) {
    counts[fault, default: (0, 0)].hit += 1
    counts[fault, default: (0, 0)].whole += isWhole ? 1 : 0
    if let point { names.insert(point.name) }
  }

  /// Prints what came of it.
  func print() {
    let kinds = counts.sorted { $0.key < $1.key }.map { kind, count in
      "\(kind) \(count.hit) times, \(count.whole) of them without a trace"
    }
    Swift.print("\(title): \(names.count) kinds of points; \(kinds.joined(separator: "; "))")
  }
}
