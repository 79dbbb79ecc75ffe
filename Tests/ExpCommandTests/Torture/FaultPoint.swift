import Foundation

/// A call through which the command changes files: a line in the log of FaultInjection.
struct FaultPoint: CustomStringConvertible {
  /// From 1, in the order of the calls.
  let number: Int
  /// `open`, `write`, `fsync`, `close`, `rename`, `mkdir`, `unlink` or `rmdir`.
  let call: String
  /// Below the folder of all runs; of a rename the new name.
  let path: String
  /// The fault that came here.
  let fault: String?

  init?(line: Substring) {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard fields.count == 4, let number = Int(fields[0]) else { return nil }
    (self.number, call, path) = (number, String(fields[1]), String(fields[2]))
    fault = fields[3].isEmpty ? nil : String(fields[3])
  }

  /// The points that the log at `path` has.
  static func log(at path: String) throws -> [FaultPoint] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      .compactMap(FaultPoint.init)
  }

  /// What the file is to the run, whatever its number and whenever that was: `checkpoints/epoch-N.safetensors`.
  var role: String {
    let parts = path.split(separator: "/").map { part -> String in
      if part.contains("_seed-") { return "RUN" }
      if part.hasPrefix(".new-") { return "NEW" }
      let isTemporary = part.hasPrefix(".") && part.hasSuffix(".tmp")
      return String(isTemporary ? part.dropFirst().dropLast(4) : part)
    }
    let place = parts.firstIndex { ["RUN", "NEW"].contains($0) }
    let below = place.map { parts[($0 + 1)...] } ?? parts[...]
    let role = below.isEmpty ? "the run's folder" : below.joined(separator: "/")
    return role.replacing(/[0-9a-f]{32,}/, with: "SUM").replacing(/\d+/, with: "N")
  }

  /// What the file is called on disk.
  var fileName: String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.hasPrefix(".") && name.hasSuffix(".tmp")
      ? String(name.dropFirst().dropLast(4)) : name
  }

  /// All points of one kind have one name: `write history.csv`.
  var name: String { "\(call) \(role)" }

  var description: String { "\(number): \(call) \(path)" }
}

extension [FaultPoint] {
  /// One point of each name, the middle one.
  var oneOfEachName: [FaultPoint] {
    Dictionary(grouping: self, by: \.name).values.map { $0[$0.count / 2] }
      .sorted { $0.number < $1.number }
  }
}
