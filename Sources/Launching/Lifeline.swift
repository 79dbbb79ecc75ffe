import Glibc

/// The tie between a process and the one that launched it: a pipe of which nobody else has the other end, so that it
/// breaks when that process ends, however that ends.
package struct Lifeline: Sendable {
  private let descriptor: Int32

  /// The lifeline that is this process's standard input.
  package init() { self.init(descriptor: STDIN_FILENO) }

  /// The lifeline that is another open file.
  package init(descriptor: Int32) { self.descriptor = descriptor }

  /// True if the process at the other end is no more.
  package var isBroken: Bool {
    var state = pollfd(fd: descriptor, events: 0, revents: 0)
    return poll(&state, 1, 0) > 0 && state.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0
  }
}
