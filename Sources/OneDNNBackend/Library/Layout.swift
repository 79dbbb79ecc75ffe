internal import CKernels
internal import COneDNN
import Tensors

/// The shape of a tensor, its order in memory, and what its numbers are.
final class Layout: @unchecked Sendable, Equatable {  // immutable once made
  let handle: OpaquePointer

  deinit { exp_layout_destroy(handle) }

  private init(_ handle: OpaquePointer) { self.handle = handle }

  /// A layout of logical `dimensions` (N, C, H, W; for kernels O, I, H, W) in `order`.
  init(_ dimensions: [Int], _ order: exp_order, _ precision: Precision = .float32) throws {
    var handle: OpaquePointer?
    let status = exp_layout_create(
      &handle, Int32(dimensions.count), dimensions.map(Int64.init), order, precision.libraryType)
    try OneDNNError.check(status, "describe a tensor", for: "dimensions \(dimensions)")
    guard let handle else { preconditionFailure("a layout without a handle") }
    self.handle = handle
  }

  /// The layout `kernel` wants in `role`, if it has a tensor there.
  init?(of kernel: OpaquePointer, in role: exp_role, for layer: String) throws {
    var handle: OpaquePointer?
    try OneDNNError.check(exp_kernel_layout(&handle, kernel, role), "ask a layout", for: layer)
    guard let handle else { return nil }
    self.handle = handle
  }

  /// Bytes in memory, blocks' padding included.
  var byteCount: Int { exp_layout_bytes(handle) }

  /// The float32 numbers that fill as much memory, blocks' padding included.
  var floatCount: Int {
    (byteCount + MemoryLayout<Float>.stride - 1) / MemoryLayout<Float>.stride
  }

  /// The order of activations of `shape` in it: images × blocks × pixels × width; nil if they have no such order.
  func activations(_ shape: ImageShape, count: Int) -> exp_activations? {
    var (blocks, width) = (Int64(0), Int64(0))
    guard exp_layout_blocks(handle, &blocks, &width) else { return nil }
    return exp_activations(
      images: Int64(count), blocks: blocks, pixels: Int64(shape.height * shape.width), width: width)
  }

  static func == (first: Layout, second: Layout) -> Bool {
    exp_layout_equal(first.handle, second.handle)
  }
}

extension Layout {
  /// Activations of `count` images in the order the house uses: rows of vectors, or height, width, channels.
  static func plain(_ shape: ImageShape, count: Int) throws -> Layout {
    if shape.isFlat { return try Layout([count, shape.channels], EXP_ORDER_ROWS) }
    // With one channel both orders are the same bytes, and kernels are made for channels first.
    let order = shape.channels == 1 ? EXP_ORDER_CHANNELS_FIRST : EXP_ORDER_CHANNELS_LAST
    return try Layout([count, shape.channels, shape.height, shape.width], order)
  }

  /// Activations of `count` images of `shape` that lie as others in `layout` do, which must be one of those that
  /// `activations` knows.
  static func like(_ layout: Layout, _ shape: ImageShape, count: Int) throws -> Layout {
    let dimensions = [count, shape.channels, shape.height, shape.width].map(Int64.init)
    var handle: OpaquePointer?
    let status = exp_layout_create_like(&handle, layout.handle, dimensions)
    try OneDNNError.check(status, "describe a tensor", for: "dimensions \(dimensions)")
    guard let handle else { preconditionFailure("a layout without a handle") }
    return Layout(handle)
  }

  /// Activations of `count` images in `order`; unless given, the one oneDNN likes best.
  static func images(
    _ shape: ImageShape, count: Int, _ order: exp_order = EXP_ORDER_ANY,
    _ precision: Precision = .float32
  ) throws -> Layout {
    try Layout([count, shape.channels, shape.height, shape.width], order, precision)
  }
}

extension Precision {
  /// The type as the library takes it.
  fileprivate var libraryType: exp_type {
    switch self {
    case .float32: EXP_FLOAT32
    case .bfloat16: EXP_BFLOAT16
    }
  }
}
