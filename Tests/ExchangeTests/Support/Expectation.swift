import Exchange
import Foundation
import Tensors

/// Images of random bytes, and the probabilities that a program of an exported network has to give for them.
struct Expectation {
  let images: Tensor
  let probabilities: Tensor

  /// Lets `backend` predict with `model`; `images` are as an ONNX file of `layout` and `input` takes them.
  init(
    _ model: ExportedModel, layout: ONNXFile.Layout = .nhwc, input: ONNXFile.Input = .bytes,
    backend: any Backend
  ) throws {
    let count = 5
    let source = RandomPixels(count: count, model: model)
    let program = try backend.compile(model.graph, laneSize: 4, mode: .inference)
    try program.load(model.parameters)
    let predictions = try program.predict(Batch(source: source, samples: Array(0..<count)[...]))
    let channelsLast = Tensor(
      shape: [count] + model.graph.inputShape.lengths,
      values: (0..<count).flatMap {
        input == .bytes ? source.bytes(of: $0) : source.numbers(of: $0)
      })
    images = layout == .nhwc ? channelsLast : channelsLast.transposed([0, 3, 1, 2])
    probabilities = Tensor(
      shape: [count, predictions.classCount],
      values: predictions.rows.flatMap { $0.tempered(by: model.temperature) })
  }

  /// A safetensors file of `images` and `probabilities`, as the scripts in `Tests/Interop` read them.
  var file: [UInt8] {
    get throws {
      try Safetensors.encode(
        NamedTensors([
          .init(name: "images", tensor: images),
          .init(name: "probabilities", tensor: probabilities),
        ]))
    }
  }
}

extension Predictions {
  /// The probabilities of each image.
  var rows: [ArraySlice<Float>] {
    stride(from: 0, to: probabilities.count, by: classCount).map {
      probabilities[$0..<$0 + classCount]
    }
  }
}

extension ArraySlice<Float> {
  /// The probabilities after a division of what their softmax took: powers of them that add up to 1.
  func tempered(by temperature: Double) -> [Float] {
    let powers = map { pow(Double($0), 1 / temperature) }
    let sum = powers.reduce(0, +)
    return powers.map { Float($0 / sum) }
  }
}
