internal import COneDNN

/// A copy of one tensor to another with the same numbers in another order. Run by one thread at a time.
final class Reorder: Sendable {
  private let kernel: Kernel
  private let source: Memory
  private let target: Memory
  private let scratchpad: Memory?

  init(from source: Memory, to target: Memory, for layer: String) throws {
    kernel = try .reorder(from: source.layout, to: target.layout, for: layer)
    self.source = source
    self.target = target
    scratchpad = try kernel.optionalLayout(EXP_SCRATCHPAD).map { try Memory($0) }
  }

  func run(on stream: Stream) throws {
    var arguments = [
      exp_argument(role: EXP_SOURCE, memory: source.handle),
      exp_argument(role: EXP_DESTINATION, memory: target.handle),
    ]
    if let scratchpad {
      arguments.append(exp_argument(role: EXP_SCRATCHPAD, memory: scratchpad.handle))
    }
    try arguments.withUnsafeBufferPointer { try kernel.run(on: stream, $0) }
  }
}
