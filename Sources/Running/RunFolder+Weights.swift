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

  /// The parameters of `graph` in its order, from the `weights` that `file` has. Throws a `DamagedFileError` if these are
  /// of another network.
  func parameters(
    of graph: Graph, from weights: WeightsOfRun, in file: RunFile = .weights
  ) throws(DamagedFileError) -> NamedTensors {
    do throws(ParameterMismatch) {
      return try graph.parameters(from: weights.tensors)
    } catch {
      throw DamagedFileError(path: path(of: file), reason: error.description)
    }
  }
}
