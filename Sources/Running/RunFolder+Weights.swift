import Files
import Records
import Tensors

/// Weights in a run's folder.
struct WeightsOfRun {
  let tensors: NamedTensors
  /// All of the file.
  let bytes: [UInt8]
}

extension RunFolder {
  /// Reads the weights of a run of `graph` in `file`. Throws `StorageError`, `DamagedFileError`.
  func weights(of graph: Graph, in file: RunFile = .weights) throws -> WeightsOfRun {
    let bytes = try bytes(of: file, limit: graph.largestFile)
    do {
      return WeightsOfRun(tensors: try Safetensors.decode(bytes), bytes: bytes)
    } catch {
      throw DamagedFileError(path: path(of: file), reason: error.description)
    }
  }
}
