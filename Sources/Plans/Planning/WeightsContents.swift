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

/// A parameter of a network, and its name and shape in a file.
struct StoredParameter {
  /// The name of its layer.
  let layer: String
  /// Its full name in the network.
  let name: String
  /// Its shape in the network.
  let shape: [Int]
  /// Whether it belongs to a vector.
  let isOfVector: Bool
  /// Its layout in the file; nil if that is the network's.
  let layout: ChannelsFirstLayout?

  var nameInFile: String { layout?.name ?? name }
  var shapeInFile: [Int] { layout?.shape ?? shape }
}

extension Graph {
  /// The parameters of `layers`, as files of PyTorch or of `exp` have them.
  func storedParameters(of layers: Set<String>, isPyTorch: Bool) -> [StoredParameter] {
    nodes.indices.filter { layers.contains(nodes[$0].layer) }.flatMap { number in
      let node = nodes[number]
      let layouts = isPyTorch ? channelsFirstLayouts(of: number) : []
      return node.parameters.enumerated().map { place, parameter in
        StoredParameter(
          layer: node.layer, name: node.fullName(of: parameter), shape: parameter.shape,
          isOfVector: node.shape.isFlat, layout: isPyTorch ? layouts[place] : nil)
      }
    }
  }
}
