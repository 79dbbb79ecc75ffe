import Diagnostics
import Specs
import Tensors
import TextLayout

/// A model as layers with names, and as the graph of operations they became.
package struct LayerGraph: Sendable {
  /// One row of the model.
  package struct Layer: Sendable {
    /// Its name, unique in the model: `conv2d`, `conv2d_1`, as in Keras.
    package let name: String
    /// Its type in the spec, or `input`.
    package let type: String
    /// Shape of its result for one image.
    package let outputShape: ImageShape
    /// Places among the layers of those whose results it takes.
    package let inputs: [Int]
    /// True if it has parameters and the spec keeps training from changing them.
    package let isFrozen: Bool
    /// Numbers it has, learned or not, as Keras's `count_params`.
    package let parameterCount: Int
    /// Floating-point operations for one image, forward.
    package let floatingPointOperations: Int
  }

  /// From the input on.
  package let layers: [Layer]
  package let graph: Graph

  /// Numbers the model has, learned or not.
  package var parameterCount: Int { layers.reduce(0) { $0 + $1.parameterCount } }
  /// Numbers that training changes by their gradients.
  package var learnedParameterCount: Int { count { $0.isLearned } }
  /// Numbers that follow the batches: moving means and variances.
  package var statisticCount: Int { count { $0.isTrainable && $0.role == .statistic } }
  /// Numbers that stay as they are.
  package var frozenParameterCount: Int { count { !$0.isTrainable } }
  /// Floating-point operations for one image, forward.
  package var floatingPointOperations: Int { layers.reduce(0) { $0 + $1.floatingPointOperations } }

  /// Builds `model` for images of `input`.
  ///
  /// Returns nil where the layers' names and connections are wrong, where a layer does not take its input, or where
  /// the result is not one probability for each of `classCount` classes; that is then reported at the layer's line.
  package init?(
    _ model: ModelSpec, input: ImageShape, classCount: Int, loss: any LossSpec,
    _ diagnostics: inout Diagnostics
  ) {
    guard let connections = LayerConnections(model.layers, &diagnostics) else { return nil }
    let frozen = model.frozen.layers(
      among: Array(connections.names.dropFirst()), &diagnostics)
    var graph = Graph(input: input, loss: loss.function)
    var layers = [
      Layer(
        name: "input", type: "input", outputShape: input, inputs: [], isFrozen: false,
        parameterCount: 0, floatingPointOperations: 0)
    ]
    // The index of each layer in the list.
    var places: [Int: Int] = [0: 0]
    var locations: [String: Location] = [:]
    // The node that each layer's result is; none where a layer could not be built.
    var results: [Int: Int] = [0: 0]
    var parameterCount = 0
    for number in connections.order where number > 0 {
      let member = model.layers[number - 1]
      let inputs = connections.inputs[number].compactMap { results[$0] }
      // A layer that takes the result of a faulty layer is not faulty itself.
      guard inputs.count == connections.inputs[number].count else { continue }
      let name = connections.names[number]
      locations[name] = member.location
      let first = graph.nodes.count
      do throws(LayerError) {
        results[number] = try Self.add(member.value, to: &graph, name: name, inputs)
      } catch {
        let notes = connections.inputs[number].filter { $0 > 0 }.map { source in
          let shape = results[source].map { graph.nodes[$0].shape.description } ?? ""
          return Diagnostic.Note(
            inputs.count > 1 ? "\(shape) is produced here" : "that shape is produced here",
            at: model.layers[source - 1].location)
        }
        diagnostics.error(
          .shapeMismatch, error.message, at: member.location, notes: notes,
          hint: error.hint)
        continue
      }
      let nodes = first..<graph.nodes.count
      parameterCount += graph.nodes[nodes].reduce(0) { $0 + $1.parameterCount }
      guard
        Self.isPossible(
          graph.nodes[nodes], parameterCount, at: member.location, &diagnostics)
      else { return nil }
      if !member.common.trainable || frozen.contains(name) { graph.freeze(nodes) }
      if let place = member.common.$trainable.node?.location, member.common.trainable,
        frozen.contains(name)
      {
        diagnostics.error(
          .frozenAndTrainable, "'frozen' names the layer '\(name)', which is to be trainable",
          at: place, hint: "leave 'trainable' out, or let 'frozen' name others")
      }
      places[number] = layers.count
      layers.append(
        Layer(
          name: name, type: Swift.type(of: member.value).type, nodes: nodes, in: graph,
          inputs: connections.inputs[number].compactMap { places[$0] }))
    }
    guard results.count == connections.names.count else { return nil }
    self.layers = layers
    for pattern in model.frozen {
      let matching = layers.filter { pattern.matches($0.name) }
      if !matching.isEmpty, matching.allSatisfy({ $0.parameterCount == 0 }) {
        diagnostics.warning(
          .nothingFrozen,
          "'\(pattern.text)' freezes nothing: no layer that it names has parameters",
          at: pattern.location)
      }
    }
    let end = model.layers.last?.location
    guard !Self.repeatsSoftmax(graph, locations, &diagnostics) else { return nil }
    guard Self.isClassifier(graph, classCount, loss, at: end, &diagnostics) else { return nil }
    if loss.output == .sigmoid { graph.makeTwoClasses() }
    self.graph = graph
    guard graph.parameters.contains(where: \.parameter.isLearned) else {
      diagnostics.error(
        .nothingToLearn, "no layer has parameters that training changes",
        at: model.layers.first?.location,
        hint: "add a dense layer, or leave 'trainable: false' or 'frozen' out for one that there is"
      )
      return nil
    }
  }

  private func count(_ isCounted: (Parameter) -> Bool) -> Int {
    graph.parameters.reduce(0) { $0 + (isCounted($1.parameter) ? $1.parameter.count : 0) }
  }

  /// Tells if `nodes`, the last of the graph, are of a size that anybody could train, and `parameters`, all so far,
  /// too; reports it if not. It also keeps counts within an `Int`.
  private static func isPossible(
    _ nodes: ArraySlice<Graph.Node>, _ parameters: Int, at location: Location?,
    _ diagnostics: inout Diagnostics
  ) -> Bool {
    let values = nodes.map(\.shape.elementCount).max() ?? 0
    guard values > mostValues || parameters > mostParameters else { return true }
    diagnostics.error(
      .tooLarge,
      values > mostValues
        ? "this layer has \(values.grouped) values for each image, which no memory holds"
        : "with this layer the model has \(parameters.grouped) parameters, which no memory holds",
      at: location,
      hint: values > mostValues
        ? "at most \(mostValues.grouped) are possible"
        : "at most \(mostParameters.grouped) are possible")
    return false
  }

  private static let mostValues = 1 << 26
  private static let mostParameters = 1 << 31

  private static func add(
    _ layer: any LayerSpec, to graph: inout Graph, name: String, _ inputs: [Int]
  ) throws(LayerError) -> Int {
    if inputs.count > 1 {
      if let merging = layer as? any MergingLayer {
        return try merging.add(to: &graph, name: name, merging: inputs)
      }
      throw LayerError(
        "'\(Swift.type(of: layer).type)' takes one input, got \(inputs.count)",
        hint: "join them first, with 'concatenate' or 'add'")
    }
    return try layer.add(to: &graph, name: name, after: inputs[0])
  }
}

extension Graph.Node {
  /// Numbers of all its parameters.
  fileprivate var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }
}

extension LayerGraph.Layer {
  fileprivate init(
    name: String, type: String, nodes: Range<Int>, in graph: Graph, inputs: [Int]
  ) {
    self.name = name
    self.type = type
    self.inputs = inputs
    isFrozen = graph.nodes[nodes].contains { $0.parameters.contains { !$0.isTrainable } }
    outputShape = graph.nodes[nodes.upperBound - 1].shape
    let members = graph.nodes[nodes]
    parameterCount = members.reduce(0) { $0 + $1.parameterCount }
    floatingPointOperations = members.reduce(0) { sum, node in
      let shapes = node.inputs.map { graph.nodes[$0].shape }
      return sum + node.operation.floatingPointOperations(for: shapes)
    }
  }
}
