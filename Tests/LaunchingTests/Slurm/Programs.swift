import Foundation

/// A folder with small programs in the place of others; it is removed with the test.
final class Programs {
  let path = NSTemporaryDirectory() + "exp-programs-" + UUID().uuidString

  /// Programs of these names, each a script of the shell whose own folder is `$here`.
  init(_ scripts: [String: String]) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, script) in scripts { try add(name, script) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Adds a program, or replaces one.
  func add(_ name: String, _ script: String) throws {
    try write("#!/bin/sh\nhere=$(dirname \"$0\")\n\(script)\n", to: "new-\(name)")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "\(path)/new-\(name)")
    _ = rename("\(path)/new-\(name)", "\(path)/\(name)")
  }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
  }

  /// The text of a file that a program wrote; empty if it wrote none.
  func text(_ name: String) -> String {
    (try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)) ?? ""
  }
}
