import Foundation

/// Writes a lease to the file at `path` as another machine would, whose lock cannot be seen here. It was renewed `age`
/// seconds ago.
package func writeForeignLease(
  _ path: String, age: Double, seconds: Int = 240, renewals: Int = 1,
  outcome: String? = nil
) throws {
  let outcome = outcome.map { ", \"outcome\": \"\($0)\"" } ?? ""
  let text = """
    {"host": "elsewhere", "process": 7, "locked_in": "another/1", "seconds": \(seconds), "is_doubtful": false, "renewals": \(renewals), \
    "is_over": \(!outcome.isEmpty)\(outcome)}
    """
  try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  try FileManager.default.setAttributes(
    [.modificationDate: Date(timeIntervalSinceNow: -age)], ofItemAtPath: path)
}
