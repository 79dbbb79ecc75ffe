internal import CZlib
import Datasets
import Files
import Specs

/// What must hold for a folder of IDX files, one of which may contain anything.
struct DataFolderCheck: FileCheck {
  let seed: String
  private let file: String
  private let folder = SeedFolder.data.copy()

  /// A check with inputs for `file`.
  init(_ file: String) {
    seed = SeedFolder.data.path(of: file)
    self.file = folder + "/" + file
    check(mustSucceed { try Storage.read(seed) })
    precondition(load() != nil, "the seed cannot be read")
  }

  func check(_ bytes: [UInt8]) {
    write(bytes, to: file)
    let plain = load()
    guard !isGzip(bytes) else { return }
    write(gzip(bytes), to: file)
    precondition(load()?.digest == plain?.digest, "gzipped, it is something else")
  }

  private func load() -> LoadedDataset? {
    var dataset = IDXFolder()
    dataset.path = FilePath(folder)
    let locations = DataLocations { _ in nil }
    let summary = reporting { try dataset.summarize(in: locations) }
    guard let loaded = reporting({ try dataset.load(from: locations) }) else { return nil }
    precondition(summary == loaded.summary, "\(String(describing: summary)), not its own")
    return loaded
  }

  private func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  private func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    let format = (MAX_WBITS + 16, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    var status = deflateInit2_(
      &stream, 1, Z_DEFLATED, format.0, 8, Z_DEFAULT_STRATEGY, format.1, format.2)
    defer { deflateEnd(&stream) }
    var input = bytes
    let compressed = [UInt8](
      unsafeUninitializedCapacity: Int(deflateBound(&stream, uLong(bytes.count)))
    ) { output, count in
      input.withUnsafeMutableBufferPointer { input in
        (stream.next_in, stream.avail_in) = (input.baseAddress, uInt(input.count))
        (stream.next_out, stream.avail_out) = (output.baseAddress, uInt(output.count))
        status = deflate(&stream, Z_FINISH)
        count = Int(stream.total_out)
      }
    }
    precondition(status == Z_STREAM_END, "zlib cannot compress")
    return compressed
  }
}
