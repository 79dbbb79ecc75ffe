internal import CZlib

/// Whether `bytes` begin as a gzip stream does.
func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

/// The gzip stream of `bytes`.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
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
