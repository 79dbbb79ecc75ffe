import Exchange
import Tensors

/// A parameter of a network, and its name and shape in a file.
struct StoredParameter {
  /// The name of its layer.
  let layer: String
  /// Its full name in the network.
  let name: String
  /// Its shape in the network.
  let shape: [Int]
  /// True if it belongs to a vector.
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
