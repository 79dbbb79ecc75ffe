/// What trace.csv says: what each step of training came to, so that a repetition can tell where it first differs.
///
/// A table with the columns epoch, step, name and value. Each step has a row with its `loss`; after the steps of an
/// epoch, rows with the names of all parameters have the first digits of their SHA-256.
public struct Trace: Hashable, Sendable {
  /// The table.
  public private(set) var csv: String

  /// A trace without steps.
  public init() { csv = CSV.line(["epoch", "step", "name", "value"]) }

  /// The trace that `csv` holds.
  public init(csv: String) { self.csv = csv }

  /// Adds the loss of a step.
  public mutating func append(loss: Float, epoch: Int, step: Int) {
    append(epoch, step, "loss", "\(loss)")
  }

  /// Adds the checksum of a parameter after `step`, the last of `epoch`.
  public mutating func append(_ parameter: String, checksum: String, epoch: Int, step: Int) {
    append(epoch, step, parameter, String(checksum.prefix(16)))
  }

  private mutating func append(_ epoch: Int, _ step: Int, _ name: String, _ value: String) {
    csv += CSV.line(["\(epoch)", "\(step)", name, value])
  }
}
