import Exchange
import Synchronization
import Tensors

/// A file of weights, and the tensors that were made of it, which the experiments of a sweep share.
final class WeightsContents: Sendable {
  let file: StoredTensors
  private let made = Mutex<[Form: Tensor]>([:])

  /// A tensor of the file, and what is to be made of it.
  private struct Form: Hashable {
    let name: String
    let shape: [Int]
    let axes: [Int]
    let order: [Int]
  }

  init(_ file: StoredTensors) { self.file = file }

  /// Whether the names and layouts are PyTorch's. No parameter of `exp` is called `weight`.
  var isPyTorch: Bool {
    isExportedForPyTorch || file.entries.contains { $0.name.hasSuffix(".weight") }
  }

  /// Whether `exp export` wrote the file for PyTorch.
  var isExportedForPyTorch: Bool { file.metadata["layout"] == "pytorch" }

  /// The tensor `entry` as the network has it. Throws `SafetensorsError` if its type is none of floating-point numbers.
  func tensor(_ entry: StoredTensors.Entry, as parameter: StoredParameter) throws -> Tensor {
    let form = Form(
      name: entry.name, shape: parameter.shape, axes: parameter.layout?.axes ?? [],
      order: parameter.layout?.order ?? [])
    return try made.withLock { made in
      if let known = made[form] { return known }
      let stored = try file.tensor(entry)
      let tensor = parameter.layout?.restored(stored, to: parameter.shape) ?? stored
      made[form] = tensor
      return tensor
    }
  }
}
