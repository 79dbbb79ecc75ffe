import Specs
import Tensors

/// The settings of a parameter in a spec.
struct ParameterSettings {
  private let initializer: Initializer
  private let regularizer: Regularizer?

  init(_ initializer: OneOf<InitializerCatalog>, _ regularizer: OneOf<RegularizerCatalog>?) {
    self.initializer = initializer.value.initializer
    self.regularizer = regularizer?.value.regularizer
  }

  /// Makes `parameter` as the spec says. Throws if it is no matrix, and the initializer needs one.
  func apply(to parameter: inout Parameter) throws(LayerError) {
    if case .orthogonal = initializer, parameter.shape.count < 2 {
      throw LayerError(
        "'orthogonal' needs a matrix, but '\(parameter.name)' is a vector",
        hint: "use 'constant', 'zeros' or 'ones' for it")
    }
    parameter.initializer = initializer
    parameter.regularizer = regularizer
  }
}

extension Graph {
  /// Adds `operation` after node `input`, with what is said of its parameters by their names.
  mutating func append(
    _ operation: Operation, layer: String, input: Int, _ settings: [String: ParameterSettings]
  ) throws(LayerError) -> Int {
    var parameters = operation.parameters(for: [nodes[input].shape])
    for index in parameters.indices {
      try settings[parameters[index].name]?.apply(to: &parameters[index])
    }
    return append(operation, layer: layer, inputs: [input], parameters: parameters)
  }
}
