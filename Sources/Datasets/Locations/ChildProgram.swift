@preconcurrency internal import Glibc  // for `environ`

/// Runs a program of the system and waits for it. Returns why it failed, or nil: what it wrote to
/// its standard output if that says something. Throws `CancellationError` if a signal, such as that
/// of Ctrl-C, ended the program.
package func runProgram(_ arguments: [String]) throws -> String? {
  var ends: [Int32] = [0, 0]
  guard pipe(&ends) == 0 else { return String(cString: strerror(errno)) }
  defer { close(ends[0]) }

  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)

  // Ctrl-C must end the program even if this process blocks or ignores the signal.
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var signals = sigset_t()
  sigemptyset(&signals)
  posix_spawnattr_setsigmask(&attributes, &signals)
  for signal in [SIGINT, SIGTERM] { sigaddset(&signals, signal) }
  posix_spawnattr_setsigdefault(&attributes, &signals)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

  var pointers = arguments.map { strdup($0) } + [nil]
  defer { for pointer in pointers { free(pointer) } }
  var process = pid_t()
  let error = posix_spawnp(&process, arguments[0], &actions, &attributes, &pointers, environ)
  close(ends[1])
  guard error != ENOENT else { return "the program '\(arguments[0])' is not installed" }
  guard error == 0 else { return String(cString: strerror(error)) }

  let output = readText(ends[0])
  var status: Int32 = 0
  while waitpid(process, &status, 0) < 0 && errno == EINTR {}
  guard status != 0 else { return nil }
  switch status & 0x7f {
  case 0: return output.isEmpty ? "\(arguments[0]) ended with status \(status >> 8)" : output
  case SIGINT, SIGTERM: throw CancellationError()
  case let signal: return "\(arguments[0]) was ended by signal \(signal)"
  }
}

private func readText(_ descriptor: Int32) -> String {
  var text: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 4096)
  while true {
    let count = read(descriptor, &buffer, buffer.count)
    if count > 0 { text += buffer[..<count] }
    if count == 0 || (count < 0 && errno != EINTR) { break }
  }
  return String(decoding: text, as: UTF8.self)
}
