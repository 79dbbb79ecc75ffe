import Tensors

/// One emitter for each function.
extension ONNXGraphBuilder {
  mutating func emit(_ function: ActivationFunction, _ input: String, _ layer: String) -> String {
    switch function {
    case .relu: return add("Relu", [input], layer)
    case .boundedReLU(let maximum):
      let bounds = [
        constant("\(layer).minimum", [], [0]), constant("\(layer).maximum", [], [maximum]),
      ]
      return add("Clip", [input] + bounds, layer)
    case .leakyReLU(let slope): return add("LeakyRelu", [input], layer, [.float("alpha", slope)])
    case .elu(let alpha): return add("Elu", [input], layer, [.float("alpha", alpha)])
    case .gelu: return emitGELU(input, layer)
    case .silu: return add("Mul", [input, add("Sigmoid", [input], layer)], layer)
    case .hardSwish: return add("HardSwish", [input], layer)
    case .mish:
      let factor = add("Tanh", [add("Softplus", [input], layer)], layer)
      return add("Mul", [input, factor], layer)
    case .softplus: return add("Softplus", [input], layer)
    case .tanh: return add("Tanh", [input], layer)
    case .sigmoid: return add("Sigmoid", [input], layer)
    case .softmax: return add("Softmax", [input], layer, [.integer("axis", 1)])
    }
  }

  /// 0.5 · x · (1 + erf(x ÷ √2)), in the order of PyTorch's exporter, which readers know as one function.
  private mutating func emitGELU(_ input: String, _ layer: String) -> String {
    let root = constant("\(layer).sqrt2", [], [Float(2).squareRoot()])
    let one = constant("\(layer).one", [], [1])
    let half = constant("\(layer).half", [], [0.5])
    let error = add("Erf", [add("Div", [input, root], layer)], layer)
    let product = add("Mul", [input, add("Add", [error, one], layer)], layer)
    return add("Mul", [product, half], layer)
  }
}
