import Files
import Records
import Tensors

extension RunFolder {
  /// Reads weights.safetensors of a run of `graph`: its tensors, and all of its bytes. Throws `StorageError`,
  /// `DamagedFileError`.
  func weights(of graph: Graph) throws -> (tensors: NamedTensors, bytes: [UInt8]) {
    let bytes = try bytes(of: .weights, limit: graph.largestFile)
    do {
      return (try Safetensors.decode(bytes), bytes)
    } catch {
      throw DamagedFileError(path: path(of: .weights), reason: error.description)
    }
  }
}
