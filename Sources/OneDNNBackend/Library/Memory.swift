internal import COneDNN
import Glibc
import Tensors

/// Zeroed floats at an address that suits vector instructions.
// Unchecked: who may write where is settled by the program's phases.
final class Storage: @unchecked Sendable {
  let floats: UnsafeMutablePointer<Float>
  let count: Int

  /// `count` zeros. Throws if there is not that much memory.
  init(count: Int) throws {
    self.count = count
    var size = max(count, 1) * MemoryLayout<Float>.stride
    let isLarge = size >= Storage.largePage / 2
    if isLarge { size = (size + Storage.largePage - 1) / Storage.largePage * Storage.largePage }
    var bytes: UnsafeMutableRawPointer?
    let alignment = isLarge ? Storage.largePage : Storage.alignment
    guard posix_memalign(&bytes, alignment, size) == 0, let bytes else { throw Self.noRoom(size) }
    // Kernels go through more memory than the processor remembers the addresses of small pages for. A system that has no
    // large ones refuses, which does no harm.
    if isLarge { madvise(bytes, size, MADV_HUGEPAGE) }
    floats = bytes.bindMemory(to: Float.self, capacity: max(count, 1))
    floats.initialize(repeating: 0, count: max(count, 1))
  }

  deinit { free(floats) }

  /// Throws unless there is room for `byteCount` bytes in Swift's own memory.
  static func requireRoom(for byteCount: Int) throws {
    guard FreeMemory.hasRoom(for: byteCount) else { throw noRoom(byteCount) }
  }

  private static func noRoom(_ byteCount: Int) -> OneDNNError {
    OneDNNError(
      status: "out of memory", call: "get \(byteCount >> 20) MiB", descriptor: "the network")
  }

  private static let alignment = 64  // bytes: a cache line, and an AVX-512 register

  private static let largePage = 1 << 21  // bytes

  /// `count` rounded up so that what follows it is aligned too.
  static func aligned(_ count: Int) -> Int {
    let step = alignment / MemoryLayout<Float>.stride
    return (count + step - 1) / step * step
  }
}

/// A tensor in memory, as oneDNN sees it.
final class Memory: @unchecked Sendable {  // immutable; what it points to is `Storage`'s affair
  let handle: OpaquePointer
  let layout: Layout
  let floats: UnsafeMutablePointer<Float>
  private let storage: Storage

  /// The tensor of `layout` that starts `offset` floats into `storage`.
  init(_ layout: Layout, in storage: Storage, at offset: Int = 0) throws {
    precondition(offset + layout.floatCount <= storage.count, "a tensor beyond its storage")
    floats = storage.floats + offset
    var handle: OpaquePointer?
    let status = exp_memory_create(&handle, layout.handle, floats)
    try OneDNNError.check(status, "create a tensor", for: "\(layout.byteCount) bytes")
    guard let handle else { preconditionFailure("a tensor without a handle") }
    self.handle = handle
    self.layout = layout
    self.storage = storage
  }

  /// A tensor of `layout` in storage of its own.
  convenience init(_ layout: Layout) throws {
    try self.init(layout, in: try Storage(count: layout.floatCount))
  }

  deinit { exp_memory_destroy(handle) }
}
