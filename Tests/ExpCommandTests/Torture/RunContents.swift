import Files
import Foundation

/// What a run left, without what may differ from time to time.
struct RunContents {
  /// The bytes of each file, by its path in the run's folder.
  private(set) var files: [String: Data] = [:]

  /// What is told apart from run to run only by when and how they were started.
  private static let passing: [String: Set<String>] = [
    "run.json": ["command", "started", "ended", "resumptions", "host", "pid"],
    "results.json": ["train_seconds", "images_per_second"],
  ]

  /// The contents of the run at `path`. Neither log.txt nor report.html, which has times all over, are looked into.
  init(of path: String) throws {
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      let file = "\(path)/\(name)"
      if Storage.isFolder(file) {
        files[name + "/"] = Data()
      } else if ["log.txt", "report.html"].contains(name) {
        files[name] = Data()
      } else {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        files[name] = try Self.lasting(bytes, of: name)
      }
    }
  }

  private static func lasting(_ bytes: Data, of name: String) throws -> Data {
    if let keys = passing[name] {
      let object = try JSONSerialization.jsonObject(with: bytes)
      return try JSONSerialization.data(
        withJSONObject: without(keys, object), options: [.sortedKeys, .prettyPrinted])
    }
    guard name == "history.csv" else { return bytes }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
      let values = line.split(separator: ",", omittingEmptySubsequences: false)
      return values.enumerated().filter { $0.offset != 1 }.map(\.element).joined(separator: ",")
    }
    return Data(lines.joined(separator: "\n").utf8)
  }

  private static func without(_ keys: Set<String>, _ value: Any) -> Any {
    guard let object = value as? [String: Any] else { return value }
    return object.filter { !keys.contains($0.key) }.mapValues { without(keys, $0) }
  }

  /// The files of only one of the two, and those that are not the same in both, a line each.
  func differences(from other: RunContents) -> [String] {
    Set(files.keys).union(other.files.keys).sorted().compactMap { name in
      switch (files[name], other.files[name]) {
      case (nil, _): "\(name) is missing"
      case (_, nil): "\(name) is one too many"
      case (let mine, let theirs): mine == theirs ? nil : "\(name) differs"
      }
    }
  }
}
