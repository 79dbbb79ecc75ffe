import Glibc

/// A pipe between a process and the one that launched it. It breaks when that process ends in any way, since no other
/// process has its end of the pipe.
package struct Lifeline: Sendable {
  private let descriptor: Int32

  /// The lifeline that is this process's standard input.
  package init() { self.init(descriptor: STDIN_FILENO) }

  /// The lifeline that is another open file.
  package init(descriptor: Int32) { self.descriptor = descriptor }

  /// True if the process at the other end has ended.
  package var isBroken: Bool {
    var state = pollfd(fd: descriptor, events: 0, revents: 0)
    return poll(&state, 1, 0) > 0 && state.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0
  }
}
