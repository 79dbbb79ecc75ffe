internal import CSpawning
@preconcurrency import Glibc  // for `environ`

/// A process that this one started.
package struct Child: Sendable {
  private let id: pid_t

  /// The way a process ended.
  package enum End: Hashable, Sendable {
    case exited(status: Int32)
    case killed(signal: Int32)
  }

  /// The circumstances a process starts in, besides its program and arguments.
  package struct Setting {
    /// Its open files, from number 0 on; it has no others.
    package var descriptors: [Int32] = [0, 1, 2]
    /// Its variables, `NAME=value`; nil for those of this process.
    package var environment: [String]?
    /// Its working folder; nil for that of this process.
    package var directory: String?
    /// Signals that wait until it asks for them. All others do to it what they usually do.
    package var blockedSignals: [Int32] = []
    /// True if it is alone in a process group, so that Ctrl-C does not reach it. As by Ctrl-Z, it still stops and goes on
    /// with this process.
    package var isInOwnGroup = false

    package init() {}
  }

  /// Starts `program`, searched for in $PATH if it is a mere name, with `arguments`, of which the first is its own name.
  ///
  /// Throws a `ChildProgramError` if that cannot be done.
  package init(
    _ program: String, _ arguments: [String], _ setting: Setting
  ) throws(ChildProgramError) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in setting.descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    _ = exp_close_from(&actions, Int32(setting.descriptors.count))
    if let directory = setting.directory { _ = exp_start_in(&actions, directory) }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Whatever this process ignores or blocks, it is not for the child to inherit.
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    for signal in setting.blockedSignals { sigaddset(&signals, signal) }
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    let group = setting.isInOwnGroup ? POSIX_SPAWN_SETPGROUP : 0
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | group))

    let words = arguments.map { strdup($0) }
    let variables = setting.environment.map { $0.map { strdup($0) } }
    defer { for pointer in words + (variables ?? []) { free(pointer) } }
    var id = pid_t()
    let code =
      if let variables {
        posix_spawnp(&id, program, &actions, &attributes, words + [nil], variables + [nil])
      } else {
        posix_spawnp(&id, program, &actions, &attributes, words + [nil], environ)
      }
    guard code != ENOENT || program.contains("/") else {
      throw ChildProgramError(description: "the program '\(program)' is not installed")
    }
    guard code == 0 else { throw ChildProgramError(code: code) }
    self.id = id
    if setting.isInOwnGroup { exp_stop_with_parent(id) }
  }

  /// The variables of this process, `NAME=value`.
  package static var environment: [String] {
    var (all, place) = ([String](), environ)
    while let variable = place.pointee {
      all.append(String(cString: variable))
      place += 1
    }
    return all
  }

  package func send(_ signal: Int32) { kill(id, signal) }

  /// The way it ended; nil as long as it runs. Must not be asked again once it has ended.
  package func end() throws(ChildProgramError) -> End? { try end(WNOHANG) }

  /// Waits until it ends.
  package func waitForEnd() throws(ChildProgramError) -> End {
    while true {
      if let end = try end(0) { return end }
    }
  }

  private func end(_ options: Int32) throws(ChildProgramError) -> End? {
    // Left to be reaped until nothing more is sent to it: after that, its number may become another process's.
    var info = siginfo_t()
    guard waitid(P_PID, id_t(id), &info, WEXITED | WNOWAIT | options) == 0 else {
      guard errno == EINTR else { throw ChildProgramError(code: errno) }
      return nil
    }
    guard info._sifields._sigchld.si_pid == id else { return nil }
    exp_forget_child(id)
    var status: Int32 = 0
    guard waitpid(id, &status, 0) == id else { throw ChildProgramError(code: errno) }
    let signal = status & 0x7f
    return signal == 0 ? .exited(status: status >> 8 & 0xff) : .killed(signal: signal)
  }
}

/// A program cannot be started, or its end cannot be known; the text says why.
package struct ChildProgramError: Error, CustomStringConvertible {
  package let description: String
}

extension ChildProgramError {
  /// Because of an `errno`.
  init(code: Int32) { description = String(cString: strerror(code)) }
}
