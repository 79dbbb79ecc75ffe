internal import CSpawning
import Glibc

/// The two ends of a pipe; each is closed with the last who has it. No child gets them unless it is handed them.
package struct Pipe {
  package let reading: End
  package let writing: End

  package final class End: Sendable {
    package let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }
  }

  /// A new pipe; throws why there is none.
  package init() throws(ChildProgramError) {
    var ends: [Int32] = [0, 0]
    guard exp_pipe(&ends) == 0 else { throw ChildProgramError(code: errno) }
    reading = End(ends[0])
    writing = End(ends[1])
  }
}
