import Tensors

/// What must hold for a file of weights.
struct SafetensorsCheck: FileCheck {
  let seed = SeedFolder.run.path(of: "weights.safetensors")

  func check(_ bytes: [UInt8]) {
    checkFile(bytes)
    checkFile(withHeaderLength(bytes))
  }

  private func checkFile(_ bytes: [UInt8]) {
    if let file = try? StoredTensors(bytes) {
      for entry in file.entries { _ = try? file.tensor(entry) }
    }
    let decoded = Result { () throws(SafetensorsError) in
      (tensors: try Safetensors.decode(bytes), metadata: try Safetensors.metadata(bytes))
    }
    guard case .success(let file) = decoded else { return }
    // Bytes are compared, since NaN is not equal to itself.
    mustSucceed {
      let written = try Safetensors.encode(file.tensors, metadata: file.metadata)
      let tensors = try Safetensors.decode(written)
      let again = try Safetensors.encode(tensors, metadata: Safetensors.metadata(written))
      precondition(again == written, "other tensors are read back")
      precondition(tensors.entries.map(\.name) == file.tensors.entries.map(\.name))
    }
  }

  /// The file with the length of its header put right, which ends with the first `}}`.
  private func withHeaderLength(_ bytes: [UInt8]) -> [UInt8] {
    let rest = bytes.dropFirst(8)
    let end = zip(rest.indices, zip(rest, rest.dropFirst())).first { $1 == (0x7D, 0x7D) }?.0
    let length = UInt64(end.map { $0 + 2 - rest.startIndex } ?? rest.count)
    return withUnsafeBytes(of: length.littleEndian, Array.init) + rest
  }
}
