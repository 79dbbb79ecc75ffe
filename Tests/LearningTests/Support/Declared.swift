import Diagnostics
import Learning
import Specs
import Tensors

/// The value that `yaml` declares; throws all that is wrong with it.
func declared<Value: SpecValue>(_ yaml: String, as type: Value.Type = Value.self) throws -> Value {
  var diagnostics = Diagnostics()
  let node = try YAML.parse(SourceFile(path: "a.yaml", text: yaml))
  guard let value = Value.decode(node, &diagnostics) else { throw diagnostics }
  return value
}

/// What is wrong with `yaml`, as a user sees it; empty if nothing is.
func findings<Value: SpecValue>(_ yaml: String, as type: Value.Type) -> String {
  do {
    _ = try declared(yaml, as: type)
    return ""
  } catch {
    return (error as? Diagnostics)?.rendered() ?? "\(error)"
  }
}

/// The model that `yaml` declares, or nil and what is wrong with it.
func model(
  _ yaml: String, input: ImageShape = ImageShape(height: 28, width: 28, channels: 1),
  classCount: Int = 10
) throws -> (graph: LayerGraph?, findings: String) {
  var diagnostics = Diagnostics()
  let graph = LayerGraph(
    try declared(yaml), input: input, classCount: classCount, loss: CategoricalCrossentropy(),
    &diagnostics)
  return (graph, diagnostics.rendered())
}

/// The nodes that the layer in `yaml` becomes for inputs of `shapes`.
func nodes(_ yaml: String, after shapes: ImageShape...) throws -> [Graph.Node] {
  let graph = try graph(of: yaml, after: shapes)
  return Array(graph.nodes.dropFirst(shapes.count))
}

/// Inputs of `shapes`, and the layer in `yaml` after them.
func graph(of yaml: String, after shapes: [ImageShape]) throws -> Graph {
  var graph = Graph(input: shapes[0], loss: CategoricalCrossentropy().function)
  for shape in shapes.dropFirst() { graph.append(.input(shape), layer: "input", inputs: []) }
  let layer: OneOf<LayerCatalog> = try declared(yaml)
  if let merging = layer.value as? any MergingLayer, shapes.count > 1 {
    _ = try merging.add(to: &graph, name: "it", merging: Array(shapes.indices))
  } else {
    _ = try layer.value.add(to: &graph, name: "it", after: 0)
  }
  return graph
}

/// The layer's output shape and parameters as Keras's `summary()` has them: `3×3×5, kernel [3, 3, 1, 5]`.
func summary(_ yaml: String, after shapes: ImageShape...) throws -> String {
  let nodes = try graph(of: yaml, after: shapes).nodes.dropFirst(shapes.count)
  let parameters = nodes.flatMap(\.parameters).map { "\($0.name) \($0.shape)" }
  return (nodes.suffix(1).map(\.shape.description) + parameters).joined(separator: ", ")
}

/// Why the layer in `yaml` does not take inputs of `shapes`, and what to do about it; nil if it does.
func refusal(_ yaml: String, after shapes: ImageShape...) throws -> [String?]? {
  do {
    _ = try graph(of: yaml, after: shapes)
    return nil
  } catch let error as LayerError {
    return [error.message, error.hint]
  }
}
