import Diagnostics
import Glibc
import Synchronization

/// The right to something that one process at a time may have, on all machines that share a folder.
///
/// A lease is a file `NAME.1` that its holder created exclusively and renews by writing to it. Whoever takes the right
/// over from a holder that is gone creates `NAME.2` in the same way, and so on: of all who try one succeeds, and the old
/// holder sees that it was followed. A lock cannot do this, since some network file systems grant it on every machine. But
/// where the holder's lock on the file can be seen, it shows at once that the holder is gone; elsewhere the file's age
/// does, by the clock of the file server alone: whoever asks writes a file of its own and compares their times.
///
/// A lease is nothing to rely on for exclusion by itself, since a holder can be suspended right after it has looked:
/// what is taken over from a holder that is not certainly gone must not be written to by the next one, who makes a copy.
package final class Lease: Sendable {
  private let folder: Folder
  private let name: String
  private let state: Mutex<State>

  private struct State {
    var file: LeaseFile
    var number: Int
    /// The time of the last renewal, by `Computer.uptime`; taken before it began.
    var renewed: Int
    /// True if another process has taken the right over.
    var isLost = false
    /// True if another process has the open file, and renews the lease.
    var isHandedOver = false
  }

  /// How long a lease lasts without renewal if nothing else is said: three times the sum of the time for which machines
  /// may see old times of files (60 s, the usual limit of NFS) and the time between renewals.
  package static let usualSeconds =
    getenv("EXP_LEASE_SECONDS").flatMap { seconds(String(cString: $0)) } ?? 240

  /// The seconds that `text` says, or the nearest that a lease can last; nil if it says none.
  package static func seconds(_ text: String) -> Int? {
    Int(text).map { min(max($0, 2), LeaseRecord.believable.upperBound) }
  }

  /// What stays the same as long as a process has the right.
  struct Terms {
    /// The lease ends so many seconds after its last renewal.
    let seconds: Int
    /// True if a holder before might still come back.
    let isDoubtful: Bool
  }

  /// Creates the lease `number`; nil if there is one.
  init?(_ name: String, _ number: Int, in folder: Folder, _ terms: Terms) throws(StorageError) {
    self.folder = folder
    self.name = name
    let now = Computer.uptime
    guard let file = try LeaseFile(name, number, in: folder, terms) else { return nil }
    state = Mutex(State(file: file, number: number, renewed: now))
  }

  /// Takes over the lease `name` that another process handed to this one as an open file; nil if there is no such file,
  /// or another process has the right meanwhile.
  package init?(inherited descriptor: Int32, _ name: String, in folder: Folder) {
    guard let (file, number) = LeaseFile.inherited(descriptor, name, in: folder) else { return nil }
    self.folder = folder
    self.name = name
    state = Mutex(State(file: file, number: number, renewed: Computer.uptime))
    renew()
  }

  deinit { release() }

  /// Gives the right up, and leaves `outcome` for the next one who looks.
  package func release(outcome: String? = nil) {
    state.withLock { state in
      guard !state.file.record.isOver, !state.isHandedOver, !state.isLost else { return }
      // If that fails, the lock and the lease end by themselves.
      _ = state.file.write {
        $0.isOver = true
        $0.outcome = outcome
      }
    }
  }

  /// Gives the right up and removes the files of all leases on it, as if nobody had ever had it.
  ///
  /// Others may be looking at the files just then, and two of them get the right. So this is for a right to something that
  /// both find to be done, or whose damage they notice.
  package func retire() {
    let (number, isLost) = state.withLock { ($0.number, $0.isLost) }
    guard !isLost else { return }
    // Held until the last is gone, so that whoever comes to it waits. What stays is in nobody's way.
    for number in 1...number {
      unlinkat(folder.descriptor, LeaseFile.name(name, number), 0)
    }
    release()
  }

  /// The open file, by which another process takes the lease over.
  package var descriptor: Int32 { state.withLock(\.file.lock.descriptor) }

  /// Leaves the lease to the process that has inherited the open file.
  package func handOver() { state.withLock { $0.isHandedOver = true } }

  // MARK: renewing

  /// Renews the lease. Too late for that, it takes the right anew if nobody else has.
  package func renew() { state.withLock { renew(&$0) } }

  /// Renews the lease if the last renewal was long enough ago.
  package func renewIfDue() {
    state.withLock { state in
      if Double(Computer.uptime - state.renewed) > Self.interval(state) * 1e9 { renew(&state) }
    }
  }

  /// Throws unless this process certainly has the right now.
  package func requireHeld() throws(LeaseLostError) {
    let isHeld = state.withLock { state in
      if isLate(state) || hasSuccessor(state) { renew(&state) }
      return !state.isLost && !isLate(state)
    }
    guard isHeld else { throw LeaseLostError(path: folder.path(of: name)) }
  }

  /// Seconds between renewals.
  var interval: Double { state.withLock { Self.interval($0) } }

  private static func interval(_ state: State) -> Double { Double(state.file.record.seconds) / 12 }

  /// True if half of the lease has passed: others may take its holder for gone soon.
  private func isLate(_ state: State) -> Bool {
    Computer.uptime - state.renewed > state.file.record.seconds * 500_000_000
  }

  private func hasSuccessor(_ state: State) -> Bool {
    folder.kind(of: LeaseFile.name(name, state.number + 1)) != nil
  }

  private func renew(_ state: inout State) {
    guard !state.isLost, !state.file.record.isOver, !state.isHandedOver else { return }
    let now = Computer.uptime
    if hasSuccessor(state) {
      state.isLost = true
    } else if isLate(state) {
      // Somebody may be about to take it over. Creating the next lease decides who has the right.
      do {
        let next = try LeaseFile(name, state.number + 1, in: folder, state.file.record.terms)
        guard let next else {
          state.isLost = true
          return
        }
        (state.file, state.renewed) = (next, now)
        state.number += 1
      } catch {
        // It stays late, and may succeed the next time.
      }
    } else if state.file.write({ $0.renewals += 1 }) {
      state.renewed = now
    }
  }
}

/// The error that this process no longer has the right to write to something.
package struct LeaseLostError: Error, CustomStringConvertible {
  /// The path of the lease, without its number.
  let path: String

  package var description: String {
    "the lease '\(path)' could not be renewed in time, or another process has taken it over: this one stops before it writes more"
  }
}

extension LeaseLostError: ReportableError {
  package var exitStatus: ExitStatus { .interrupted }
}
