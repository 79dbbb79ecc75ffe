import Tensors
import Testing

/// Whatever a graph can hold has to be in `EveryOperation`, or its export would be untested.
///
/// The compiler demands a case here for each new operation and function; that it is in the network too, a test finds.
@Suite struct EveryOperationTests {
  @Test func `every operation is in it`() {
    let kinds = Set(EveryOperation().graph.nodes.map(\.operation.kind))
    #expect(Set(OperationKind.allCases).subtracting(kinds) == [])
  }

  @Test func `every activation function is in it`() {
    let kinds = EveryOperation().graph.nodes.compactMap { node -> FunctionKind? in
      if case .activation(let function) = node.operation { function.kind } else { nil }
    }
    #expect(Set(FunctionKind.allCases).subtracting(kinds) == [])
  }

  @Test func `every combination is in it`() {
    let kinds = EveryOperation().graph.nodes.compactMap { node -> Operation.Combination? in
      if case .combination(let kind) = node.operation { kind } else { nil }
    }
    #expect(Set(Operation.Combination.allCases).subtracting(kinds) == [])
  }
}

/// The cases of `Operation`, and those of its poolings.
private enum OperationKind: CaseIterable {
  case input, convolution2D, maxPooling2D, averagePooling2D, flatten, reshape, zeroPadding2D
  case cropping2D, upSampling2D, dense, dropout, alphaDropout, gaussianDropout, gaussianNoise,
    rescaling,
    activation, prelu,
    combination,
    concatenation
  case batchNormalization, groupNormalization, layerNormalization
}

/// The cases of `ActivationFunction`.
private enum FunctionKind: CaseIterable {
  case relu, boundedReLU, leakyReLU, elu, gelu, silu, hardSwish, mish, softplus, tanh, sigmoid
  case softmax
}

extension Operation {
  fileprivate var kind: OperationKind {
    switch self {
    case .input: .input
    case .convolution2D: .convolution2D
    case .pooling2D(.max, _): .maxPooling2D
    case .pooling2D(.average, _): .averagePooling2D
    case .flatten: .flatten
    case .reshape: .reshape
    case .zeroPadding2D: .zeroPadding2D
    case .cropping2D: .cropping2D
    case .upSampling2D: .upSampling2D
    case .dense: .dense
    case .dropout: .dropout
    case .alphaDropout: .alphaDropout
    case .gaussianDropout: .gaussianDropout
    case .gaussianNoise: .gaussianNoise
    case .rescaling: .rescaling
    case .activation: .activation
    case .prelu: .prelu
    case .combination: .combination
    case .concatenation: .concatenation
    case .batchNormalization: .batchNormalization
    case .groupNormalization: .groupNormalization
    case .layerNormalization: .layerNormalization
    }
  }
}

extension ActivationFunction {
  fileprivate var kind: FunctionKind {
    switch self {
    case .relu: .relu
    case .boundedReLU: .boundedReLU
    case .leakyReLU: .leakyReLU
    case .elu: .elu
    case .gelu: .gelu
    case .silu: .silu
    case .hardSwish: .hardSwish
    case .mish: .mish
    case .softplus: .softplus
    case .tanh: .tanh
    case .sigmoid: .sigmoid
    case .softmax: .softmax
    }
  }
}
