import Documents
import Glibc

/// What the file of a lease says: who has it, for how long, and what came of it.
package struct LeaseRecord: Codable, Hashable, Sendable {
  /// The computer of the holder.
  package let host: String
  /// The holder's process there.
  package let process: Int32
  /// The running system and file system in which the holder's lock on the file can be seen; nil if there is no lock.
  let lockedIn: String?
  /// The lease ends so many seconds after its last renewal.
  let seconds: Int
  /// True if a holder before this one might still come back.
  let isDoubtful: Bool
  /// The number of renewals, so that each changes the file.
  var renewals = 0
  /// True if the holder has given it up.
  var isOver = false
  /// What the holder left in the place of what it had: a name that means something to the next.
  var outcome: String?

  enum CodingKeys: String, CodingKey {
    case host, process
    case lockedIn = "locked_in"
    case seconds
    case isDoubtful = "is_doubtful"
    case renewals
    case isOver = "is_over"
    case outcome
  }

  /// The most bytes that a record has.
  static let limit = 1 << 12
  /// The lengths of a lease, in seconds, that are believed.
  static let believable = 1...86400

  /// This process's record of a lease on the open `file`, on which it has a lock if it `isLocked`.
  init(file: Int32, isLocked: Bool, _ terms: Lease.Terms) {
    host = Computer.hostName
    process = getpid()
    lockedIn = isLocked ? Self.place(of: file) : nil
    seconds = terms.seconds
    isDoubtful = terms.isDoubtful
  }

  /// The terms of the lease.
  var terms: Lease.Terms { .init(seconds: seconds, isDoubtful: isDoubtful) }

  /// The record in `text`; nil if that is none.
  init?(_ text: [UInt8]) {
    guard let record = try? Self(json: String(decoding: text, as: UTF8.self)),
      Self.believable.contains(record.seconds)
    else { return nil }
    self = record
  }

  /// The record as a file's contents, which always have the same length if they can.
  func text() -> [UInt8] {
    let json: String
    do {
      json = try PlainValue(encoding: self).json
    } catch {
      preconditionFailure("every record can be encoded: \(error)")
    }
    return Array(json.utf8)
      + Array(repeating: UInt8(ascii: "\n"), count: max(1, 511 - json.utf8.count))
  }

  /// True if a lock on the open `file` is seen here as it is where the holder is.
  func isLockVisible(on file: Int32) -> Bool { lockedIn != nil && lockedIn == Self.place(of: file) }

  /// The running system together with the mounted file system of `file`; nil if the system has no name. Two mounts of
  /// one network file system do not see each other's locks.
  private static func place(of file: Int32) -> String? {
    var status = stat()
    guard let system = Computer.system, fstat(file, &status) == 0 else { return nil }
    return "\(system)/\(status.st_dev)"
  }
}
