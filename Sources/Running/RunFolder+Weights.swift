import Files
import Records
import Tensors

extension RunFolder {
  /// Reads weights.safetensors: its tensors, and all of its bytes. Throws `StorageError`, `DamagedFileError`.
  func weights() throws -> (tensors: NamedTensors, bytes: [UInt8]) {
    let path = path(of: .weights)
    let bytes = try Storage.read(path, limit: .max)
    do {
      return (try Safetensors.decode(bytes), bytes)
    } catch {
      throw DamagedFileError(path: path, reason: error.description)
    }
  }
}
