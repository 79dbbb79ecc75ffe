import OneDNNBackend
import Reports
import TextLayout

/// The time of training steps by kind of work, for reading.
struct ProfileTable {
  private let steps: Profile.Steps
  /// Floating-point operations a second that the machine reaches on as many threads.
  private let limit: Double

  init(_ steps: Profile.Steps, limit: Double) {
    self.steps = steps
    self.limit = limit
  }

  /// Pieces of the network's training that have a row of their own.
  private static let rowLimit = 20

  /// The table, followed by the origin of its numbers, at most `width` wide if possible.
  func text(width: Int?) -> String {
    let table = TextTable(
      [
        .init("layer"), .init("pass"), .init("kernel", rank: 3), .init("ms/step", .right),
        .init("share", .right), .init("GFLOP/s", .right, rank: 1),
        .init("of limit", .right, rank: 2),
      ], rows: rows)
    return table.text(width: width) + foot.map { $0.wrapped(to: width) + "\n" }.joined()
  }

  private var rows: [[String]] {
    let pieces = steps.pieces.sorted { $0.value.time > $1.value.time }
    let network = pieces.filter(\.key.work.isOfNetwork)
    let others = pieces.filter { !$0.key.work.isOfNetwork }
    let small = network.dropFirst(Self.rowLimit)
    return network.prefix(Self.rowLimit).map(row)
      + (small.isEmpty
        ? [] : [["\(small.count) more", "", ""] + times(of: sum(small)) + ["", ""]])
      + others.map(row) + [["total", "", ""] + numbers(of: sum(pieces[...]))]
  }

  private func row(_ piece: Profile.Piece, _ spending: Profile.Spending) -> [String] {
    [piece.layer ?? "", piece.work.rawValue, piece.kernel ?? ""] + numbers(of: spending)
  }

  private func numbers(of spending: Profile.Spending) -> [String] {
    guard spending.operations > 0 else { return times(of: spending) + ["", ""] }
    let speed = Double(spending.operations) / seconds(of: spending)
    return times(of: spending) + [
      (speed / 1e9).fixed(1), (speed / limit * 100).fixed(0) + "%",
    ]
  }

  private func times(of spending: Profile.Spending) -> [String] {
    let seconds = seconds(of: spending)
    return [
      (seconds / Double(steps.count) * 1000).fixed(3),
      (seconds / (steps.time / .seconds(1)) * 100).fixed(1) + "%",
    ]
  }

  /// The mean over the threads, so that the rows add up to the time of the steps.
  private func seconds(of spending: Profile.Spending) -> Double {
    spending.time / .seconds(1) / Double(steps.threads)
  }

  private func sum(
    _ pieces: ArraySlice<(key: Profile.Piece, value: Profile.Spending)>
  ) -> Profile.Spending {
    pieces.reduce(into: Profile.Spending()) { $0 += $1.value }
  }

  private var foot: [String] {
    let size = OneDNNLibrary.limitSize.grouped
    let threads = counted(steps.threads, "thread")
    return [
      "mean of \(counted(steps.count, "training step")) and \(threads); the first step, which makes the kernels, "
        + "is left out",
      "limit: \((limit / 1e9).fixed(0)) GFLOP/s, measured after the run: products of \(size)×\(size) "
        + "matrices by oneDNN on \(threads)",
      "what exceeds it either needs fewer operations than are counted, such as Winograd's kernels, or the machine "
        + "was busier while the limit was measured",
    ]
  }
}
