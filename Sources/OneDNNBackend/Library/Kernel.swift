internal import COneDNN

/// A compiled primitive: immutable, used by all workers at once.
final class Kernel: @unchecked Sendable {  // oneDNN's primitives may be run from several threads
  let handle: OpaquePointer
  /// The layer it works for, for messages.
  let layer: String
  /// True if it only copies from one order in memory to another.
  let isReorder: Bool

  /// Makes a kernel by calling `create`, one of the `exp_…_create` functions.
  init(
    _ call: String, for layer: String, isReorder: Bool = false,
    _ create: (UnsafeMutablePointer<OpaquePointer?>) -> Int32
  ) throws {
    var handle: OpaquePointer?
    try OneDNNError.check(create(&handle), "create \(call)", for: layer)
    guard let handle else { preconditionFailure("a kernel without a handle") }
    self.handle = handle
    self.layer = layer
    self.isReorder = isReorder
  }

  deinit { exp_kernel_destroy(handle) }

  /// oneDNN's name for its implementation, such as `jit:avx512_core`.
  var name: String { String(cString: exp_kernel_name(handle)) }

  /// The layout it wants in `role`, where it has a tensor.
  func optionalLayout(_ role: exp_role) throws -> Layout? {
    try Layout(of: handle, in: role, for: layer)
  }

  /// The layout it wants in `role`, where it must have a tensor.
  func layout(_ role: exp_role) throws -> Layout {
    guard let layout = try optionalLayout(role) else {
      preconditionFailure("\(name) of \(layer) has no tensor in role \(role)")
    }
    return layout
  }

  /// Runs it on tensors in memory.
  func run(on stream: Stream, _ arguments: UnsafeBufferPointer<exp_argument>) throws {
    let status = exp_kernel_run(
      handle, stream.handle, arguments.baseAddress, Int32(arguments.count))
    try OneDNNError.check(status, "run \(name)", for: layer)
  }

  /// A kernel that copies from one order in memory to another.
  static func reorder(from: Layout, to: Layout, for layer: String) throws -> Kernel {
    try Kernel("reorder", for: layer, isReorder: true) {
      exp_reorder_create($0, from.handle, to.handle)
    }
  }
}

/// A stream on which one thread runs its kernels.
final class Stream {
  let handle: OpaquePointer

  init() throws {
    var handle: OpaquePointer?
    try OneDNNError.check(exp_stream_create(&handle), "create a stream", for: "a worker")
    guard let handle else { preconditionFailure("a stream without a handle") }
    self.handle = handle
  }

  deinit { exp_stream_destroy(handle) }
}
