import Specs
import Tensors

/// The settings of a parameter in a spec.
struct ParameterSettings {
  private let initializer: Initializer
  private let regularizer: Regularizer?
  private let constraint: Constraint?

  init(
    _ initializer: OneOf<InitializerCatalog>, _ regularizer: OneOf<RegularizerCatalog>?,
    _ constraint: OneOf<ConstraintCatalog>? = nil
  ) {
    self.initializer = initializer.value.initializer
    self.regularizer = regularizer?.value.regularizer
    self.constraint = constraint?.value.constraint
  }

  /// Makes `parameter` as the spec says. Throws if it is no matrix, and the initializer needs one, or has not the axes of
  /// its constraint.
  func apply(to parameter: inout Parameter) throws(LayerError) {
    if case .orthogonal = initializer, parameter.shape.count < 2 {
      throw LayerError(
        "'orthogonal' needs a matrix, but '\(parameter.name)' is a vector",
        hint: "use 'constant', 'zeros' or 'ones' for it")
    }
    parameter.initializer = initializer
    parameter.regularizer = regularizer
    if case .maximumNorm(_, let axes) = constraint,
      let axis = axes.max(), axis >= parameter.shape.count
    {
      let last = parameter.shape.count - 1
      throw LayerError(
        "'max_norm' is over axis \(axis), but '\(parameter.name)' has "
          + (last == 0 ? "axis 0 alone" : "the axes 0 to \(last)"),
        hint: "its shape is \(parameter.shape)")
    }
    parameter.constraint = constraint
  }
}

extension Graph {
  /// Adds `operation` after node `input`, with what is said of its parameters by their names.
  mutating func append(
    _ operation: Operation, layer: String, input: Int, _ settings: [String: ParameterSettings]
  ) throws(LayerError) -> Int {
    var parameters = operation.parameters(for: [nodes[input].shape])
    try parameters.apply(settings)
    return append(operation, layer: layer, inputs: [input], parameters: parameters)
  }
}

extension [Parameter] {
  /// Makes the parameters as `settings`, by their names, say.
  mutating func apply(_ settings: [String: ParameterSettings]) throws(LayerError) {
    for index in indices { try settings[self[index].name]?.apply(to: &self[index]) }
  }
}
