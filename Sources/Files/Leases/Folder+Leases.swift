import Glibc

/// The state of a right that leases give.
package enum LeaseState: Equatable, Sendable {
  /// Nobody has ever had it.
  case free
  /// A process has it; nil if it is unknown which.
  case held(by: LeaseRecord?)
  /// Nobody has it any more.
  case over(PastLease)

  /// A lease that nobody has any more.
  package struct PastLease: Equatable, Sendable {
    let number: Int
    /// What the file says; nil if its holder left nothing legible.
    package let record: LeaseRecord?
    /// True if the holder gave it up, or is certainly gone, and those before as well; false if one only did not renew it
    /// in time, and might still come back.
    package let isCertain: Bool
  }

  /// True if a process has the right, or if that is unknown.
  package var isHeld: Bool { if case .held = self { true } else { false } }

  /// What the last holder left in the place of what it had.
  package var outcome: String? {
    if case .over(let past) = self { past.record?.outcome } else { nil }
  }

  /// True if the last holder only did not renew its lease in time, or one before it.
  package var mayComeBack: Bool {
    if case .over(let past) = self { !past.isCertain } else { false }
  }
}

extension Folder {
  /// The state of the right `name`.
  ///
  /// What cannot be found out, such as the state of another user's lease, counts as held: nobody may take a run for dead
  /// that is not.
  package func lease(_ name: String) -> LeaseState {
    var (number, latest) = (0, Int32(-1))
    while true {
      let file = openat(
        descriptor, LeaseFile.name(name, number + 1), Storage.reading | O_NOFOLLOW)
      guard file >= 0 else { break }
      if latest >= 0 { close(latest) }
      (number, latest) = (number + 1, file)
    }
    guard [ENOENT, ENOTDIR].contains(errno) else {
      if latest >= 0 { close(latest) }
      return .held(by: nil)
    }
    return latest < 0 ? .free : state(of: FileLock(latest), number: number)
  }

  /// Takes the right `name` over from those who had it in the examined `state`; nil if somebody else has been quicker, or
  /// it is held. The lease ends `seconds` after its last renewal.
  package func takeLease(
    _ name: String, after state: LeaseState, seconds: Int = Lease.usualSeconds
  ) throws(StorageError) -> Lease? {
    let terms = Lease.Terms(seconds: seconds, isDoubtful: state.mayComeBack)
    return switch state {
    case .held: nil
    case .free: try Lease(name, 1, in: self, terms)
    case .over(let past): try Lease(name, past.number + 1, in: self, terms)
    }
  }

  /// Does `work` while no other process does what it has to do exclusively under the same `name`, on all machines that
  /// share the folder. Nothing stays of that.
  ///
  /// The work has to be short, since others wait. Throws a `StorageError` if the right is not free for longer than the lease
  /// of a machine that is gone.
  package func exclusively<Result>(_ name: String, _ work: () throws -> Result) throws -> Result {
    let deadline = ContinuousClock.now + .seconds(Lease.usualSeconds + 10)
    while .now < deadline {
      if let lease = try takeLease(name, after: lease(name)) {
        defer { lease.retire() }
        return try work()
      }
      usleep(100_000)
    }
    throw StorageError(.create, path(of: name), code: EBUSY)
  }

  /// Takes the right `name` after waiting until nobody has it, and says whether a holder before might come back; nil if
  /// there is what it is needed for, as `isDone` says. Calls `isWaiting` before it waits.
  package func awaitLease(
    _ name: String, unless isDone: () -> Bool, isWaiting: () -> Void
  ) throws(StorageError) -> (lease: Lease, isDoubtful: Bool)? {
    var hasWaited = false
    while !isDone() {
      let state = lease(name)
      if let lease = try takeLease(name, after: state) {
        // Whoever had the right may have done it since that was looked for.
        if !isDone() { return (lease, state.mayComeBack) }
        lease.retire()
        return nil
      }
      if !hasWaited { isWaiting() }
      hasWaited = true
      sleep(1)
    }
    return nil
  }

  private func state(of file: FileLock, number: Int) -> LeaseState {
    var (status, text) = (stat(), [UInt8](repeating: 0, count: LeaseRecord.limit))
    let count = pread(file.descriptor, &text, text.count, 0)
    guard count >= 0, fstat(file.descriptor, &status) == 0, EntryKind(status) == .file else {
      return .held(by: nil)
    }
    let record = LeaseRecord(Array(text[..<count]))
    func over(isCertain: Bool) -> LeaseState {
      let isDoubtful = record?.isDoubtful ?? true
      return .over(.init(number: number, record: record, isCertain: isCertain && !isDoubtful))
    }
    if let record {
      if record.isOver { return over(isCertain: true) }
      if record.isLockVisible(on: file.descriptor) {
        return file.isTakenByOthers ? .held(by: record) : over(isCertain: true)
      }
    }
    // Without a clock nobody can say.
    guard let now = time else { return .held(by: record) }
    let age = now - FileStamp(status).modified
    let seconds = record?.seconds ?? Lease.usualSeconds
    return age <= seconds * 1_000_000_000 ? .held(by: record) : over(isCertain: false)
  }
}
