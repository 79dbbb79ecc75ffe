import Documents

/// The contents of trace.csv: the outcome of each training step, so that a repetition shows where it first differs.
///
/// A table with the columns epoch, step, name and value. Each step has a row with its `loss`; after the steps of an
/// epoch, rows with the names of all parameters have the first digits of their SHA-256.
package struct Trace: Hashable, Sendable {
  /// The table.
  package private(set) var csv: String

  /// A row of the table.
  package struct Row: Hashable, Sendable {
    /// From 1.
    package let epoch: Int
    /// From 1.
    package let step: Int
    /// A parameter, or `loss`.
    package let name: String
    /// As it is written.
    package let value: String

    /// True if it has the loss of a step.
    package var isLoss: Bool { name == Trace.loss }
  }

  private static let columns = ["epoch", "step", "name", "value"]
  private static let loss = "loss"

  /// A trace without steps.
  package init() { csv = CSV.line(Self.columns) }

  /// The trace that `csv` holds.
  package init(csv: String) { self.csv = csv }

  /// Adds the loss of a step.
  package mutating func append(loss: Float, epoch: Int, step: Int) {
    append(epoch, step, Self.loss, "\(loss)")
  }

  /// Adds the checksum of a parameter after `step`, the last of `epoch`.
  package mutating func append(_ parameter: String, checksum: String, epoch: Int, step: Int) {
    append(epoch, step, parameter, String(checksum.prefix(16)))
  }

  private mutating func append(_ epoch: Int, _ step: Int, _ name: String, _ value: String) {
    csv += CSV.line(["\(epoch)", "\(step)", name, value])
  }

  /// All rows in their order. Throws if the text is no such table.
  package func rows() throws(CSVError) -> [Row] {
    let lines = csv.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    func fields(_ line: Substring.UTF8View) -> [String] {
      line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        .map { String(Substring($0)) }
    }
    guard lines.first.map(fields) == Self.columns else {
      throw CSVError(reason: "its columns are not \(Self.columns.joined(separator: ", "))")
    }
    guard lines.last?.isEmpty == true else { throw CSVError(reason: "its last line has no end") }
    var rows: [Row] = []
    rows.reserveCapacity(lines.count)
    for (index, line) in lines.enumerated().dropFirst().dropLast() {
      let fields = fields(line)
      guard fields.count == Self.columns.count, let epoch = Int(fields[0]),
        let step = Int(fields[1])
      else { throw CSVError(reason: "line \(index + 1) is not of a step") }
      rows.append(Row(epoch: epoch, step: step, name: fields[2], value: fields[3]))
    }
    return rows
  }
}
