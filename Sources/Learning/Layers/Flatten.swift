import Specs
import Tensors

/// Makes each image a vector, in the order height, width, channels.
public struct Flatten: LayerSpec {
  public static let type = "flatten"
  public static let summary = "Makes each image a vector."
  public static let source: String? = "Keras's Flatten"

  public init() {}

  public func add(to graph: inout Graph, name: String, after input: Int) -> Int {
    graph.append(.flatten, layer: name, input: input)
  }
}
