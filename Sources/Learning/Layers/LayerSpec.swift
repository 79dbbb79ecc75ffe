import Specs
import Tensors

/// A layer as a spec declares it: its fields, and how it becomes operations.
///
/// Sizes have upper bounds far above anything useful, so that counts of parameters and operations fit an `Int`.
public protocol LayerSpec: Spec {
  /// Adds the layer's operations after node `input`, under `name`, and returns the number of the last one.
  ///
  /// Throws if the layer does not take an input of that shape.
  func add(to graph: inout Graph, name: String, after input: Int) throws(LayerError) -> Int
}

/// Why a layer does not take its input. The builder adds the lines of the layer and of the input.
public struct LayerError: Error {
  public let message: String
  public let hint: String?

  public init(_ message: String, hint: String? = nil) {
    (self.message, self.hint) = (message, hint)
  }
}

extension LayerSpec {
  /// Throws unless node `input` gives images with height and width.
  func needImage(_ graph: Graph, _ input: Int) throws(LayerError) {
    let shape = graph.nodes[input].shape
    guard shape.isFlat else { return }
    throw LayerError(
      "'\(Self.type)' needs an image (height×width×channels), got a vector of \(shape)",
      hint: "put it before the layer that makes a vector")
  }

  /// Throws unless `window` fits into the image that node `input` gives at least once.
  func needFit(_ window: Window, _ graph: Graph, _ input: Int) throws(LayerError) {
    let shape = graph.nodes[input].shape
    let count = window.count(over: SIMD2(shape.height, shape.width))
    guard count.x < 1 || count.y < 1 else { return }
    throw LayerError(
      "the \(window.size.x)×\(window.size.y) window of '\(Self.type)' is larger than its input, \(shape)",
      hint: "use a smaller window, 'padding: same', or fewer layers that shrink the image before it"
    )
  }
}

extension Pair {
  /// As (height, width).
  var vector: SIMD2<Int> { SIMD2(height, width) }
}

extension Window.Padding: SpecValue {}

extension Graph {
  /// Adds `activation`, if there is one, after node `input`, and returns the number of the last node.
  mutating func append(
    _ activation: OneOf<ActivationCatalog>?, layer: String, input: Int
  ) throws(LayerError) -> Int {
    guard let activation else { return input }
    return try activation.value.add(to: &self, name: layer, after: input)
  }
}
