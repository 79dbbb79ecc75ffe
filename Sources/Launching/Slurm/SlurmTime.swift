import Diagnostics
import Documents
import Specs

/// A length of time as Slurm writes it: `90` (minutes), `90:00`, `1:30:00`, `2-12`, `2-12:30`, `2-12:30:00`.
package struct SlurmTime: SpecValue, Hashable {
  package let text: String
  package let seconds: Int

  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let times = parts.last?.split(separator: ":", omittingEmptySubsequences: false) ?? []
    let numbers = (parts.dropLast() + times).compactMap { part in
      part.allSatisfy(\.isWholeNumber) && part.utf8.count <= 6 ? Int(part) : nil
    }
    guard parts.count <= 2, times.count <= 3, numbers.count == parts.count - 1 + times.count else {
      return nil
    }
    let units =
      if parts.count == 2 {
        [86400, 3600, 60, 1]
      } else {
        times.count == 3 ? [3600, 60, 1] : [60, 1]
      }
    self.text = text
    seconds = zip(numbers, units).reduce(0) { $0 + $1.0 * $1.1 }
  }

  package static var schema: Schema {
    .described(
      "a time as Slurm writes it",
      .text(
        matching: "^([0-9]+-)?[0-9]+(:[0-9]+){0,2}$", examples: "90", "1:30:00", "2-12:00:00"))
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> SlurmTime? {
    if let time = node.text.flatMap(SlurmTime.init) { return time }
    reportWrongType(
      node, &diagnostics, hint: "minutes, h:mm:ss or days-hours, such as 90, 1:30:00 or 2-12")
    return nil
  }

  package var tree: PlainValue { .string(text) }
}
