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
        descriptor, Lease.fileName(name, number + 1), Storage.reading | O_NOFOLLOW)
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
  /// The work has to be short: throws a `StorageError` if another process's takes longer than ten seconds.
  package func exclusively<Result>(_ name: String, _ work: () throws -> Result) throws -> Result {
    let (tries, pause) = (100, UInt32(100_000))
    for _ in 0..<tries {
      if let lease = try takeLease(name, after: lease(name)) {
        defer { lease.retire() }
        return try work()
      }
      usleep(pause)
    }
    throw StorageError(.create, path(of: name), code: EBUSY)
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
    guard let now = serverTime else { return .held(by: record) }
    let age = now - FileStamp(status).modified
    let seconds = record?.seconds ?? Lease.usualSeconds
    return age <= seconds * 1_000_000_000 ? .held(by: record) : over(isCertain: false)
  }

  /// The time by the clock that gives files in the folder their times: the file server's, which all machines share. In
  /// nanoseconds since 1970; nil if nothing can be written there.
  private var serverTime: Int? {
    let name = ".time.\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).tmp"
    let file = openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { return nil }
    defer {
      close(file)
      unlinkat(descriptor, name, 0)
    }
    var status = stat()
    guard Storage.writeAll([0], to: file) == nil, fsync(file) == 0, fstat(file, &status) == 0
    else { return nil }
    return FileStamp(status).modified
  }
}
