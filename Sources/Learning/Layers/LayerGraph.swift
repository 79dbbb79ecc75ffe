import Specs
import Tensors

/// A model as layers with names, and as the graph of operations they became.
public struct LayerGraph: Sendable {
  /// One row of the model.
  public struct Layer: Sendable {
    /// Its name, unique in the model: `conv2d`, `conv2d_1`, as in Keras.
    public let name: String
    /// Its type in the spec, or `input`.
    public let type: String
    /// Shape of its result for one image.
    public let outputShape: ImageShape
    /// Numbers it learns.
    public let parameterCount: Int
    /// Floating-point operations for one image, forward.
    public let floatingPointOperations: Int
  }

  /// From the input on.
  public let layers: [Layer]
  public let graph: Graph

  /// Numbers the model learns.
  public var parameterCount: Int { layers.reduce(0) { $0 + $1.parameterCount } }
  /// Floating-point operations for one image, forward.
  public var floatingPointOperations: Int { layers.reduce(0) { $0 + $1.floatingPointOperations } }

  /// Builds `model` for images of `input`.
  ///
  /// Returns nil where a layer does not take its input, or where the result is not one probability for each of
  /// `classCount` classes; that is then reported at the layer's line.
  public init?(
    _ model: ModelSpec, input: ImageShape, classCount: Int, loss: any LossSpec,
    _ diagnostics: inout Diagnostics
  ) {
    var graph = Graph(input: input, loss: loss.function)
    var layers = [
      Layer(
        name: "input", type: "input", outputShape: input, parameterCount: 0,
        floatingPointOperations: 0)
    ]
    var names = UniqueNames()
    var last = 0
    var producer: Location?
    for member in model.layers {
      let type = Swift.type(of: member.value).type
      let name = names.next(for: type)
      let first = graph.nodes.count
      do throws(LayerError) {
        last = try member.value.add(to: &graph, name: name, after: last)
      } catch {
        let notes = producer.map { [Diagnostic.Note("that shape is produced here", at: $0)] } ?? []
        diagnostics.error(
          "shape-mismatch", error.message, at: member.node?.location, notes: notes,
          hint: error.hint)
        return nil
      }
      producer = member.node?.location
      layers.append(Layer(name: name, type: type, nodes: first..<graph.nodes.count, in: graph))
    }
    self.graph = graph
    self.layers = layers
    let end = model.layers.last?.node?.location
    guard Self.isClassifier(graph, classCount, loss, at: end, &diagnostics) else { return nil }
  }

  /// Whether the last node gives one probability for each class; reports it if not.
  private static func isClassifier(
    _ graph: Graph, _ classCount: Int, _ loss: any LossSpec, at location: Location?,
    _ diagnostics: inout Diagnostics
  ) -> Bool {
    let output = graph.nodes[graph.nodes.count - 1]
    guard output.shape.isFlat, output.shape.channels == classCount else {
      let classes = "the data has \(classCount) classes"
      diagnostics.error(
        "output-width", "the model ends in \(output.shape) values per image, but \(classes)",
        at: location,
        hint: "end with '- {type: dense, units: \(classCount), activation: softmax}'")
      return false
    }
    guard case .activation(.softmax) = output.operation else {
      diagnostics.error(
        "no-probabilities",
        "'\(Swift.type(of: loss).type)' needs probabilities, but the model does not end in a softmax",
        at: location, hint: "give the last layer 'activation: softmax'")
      return false
    }
    return true
  }
}

extension LayerGraph.Layer {
  fileprivate init(name: String, type: String, nodes: Range<Int>, in graph: Graph) {
    self.name = name
    self.type = type
    outputShape = graph.nodes[nodes.upperBound - 1].shape
    let members = graph.nodes[nodes]
    parameterCount = members.reduce(0) { $0 + $1.parameters.reduce(0) { $0 + $1.count } }
    floatingPointOperations = members.reduce(0) { sum, node in
      let shapes = node.inputs.map { graph.nodes[$0].shape }
      return sum + node.operation.floatingPointOperations(for: shapes)
    }
  }
}

/// Keras's way to name layers: the first of a type has the type's name, later ones a number too.
private struct UniqueNames {
  private var counts: [String: Int] = [:]

  mutating func next(for type: String) -> String {
    let count = counts[type, default: 0]
    counts[type] = count + 1
    return count == 0 ? type : "\(type)_\(count)"
  }
}
