import Exchange
import Foundation
import Tensors

/// An ONNX file with images and the probabilities that it has to give for them, as
/// `Tests/Interop/check_with_onnxruntime.py` reads them.
struct ConfirmedExport {
  /// The ONNX file.
  let onnx: [UInt8]
  /// A safetensors file of the tensors `images` and `probabilities`.
  let expectation: [UInt8]

  /// Exports `model`, and lets `backend` predict images of random bytes.
  init(
    _ model: ExportedModel, layout: ONNXFile.Layout, input: ONNXFile.Input, count: Int = 5,
    backend: any Backend
  ) throws {
    onnx = try ONNXFile.files(
      of: model, at: "a.onnx", layout: layout, input: input, version: "0")[0].bytes
    let source = RandomPixels(count: count, model: model)
    let program = try backend.compile(model.graph, laneSize: 4, mode: .inference)
    try program.load(model.parameters)
    let predictions = try program.predict(Batch(source: source, samples: Array(0..<count)[...]))
    let shape = model.graph.inputShape
    let images = Tensor(
      shape: [count] + shape.lengths,
      values: (0..<count).flatMap {
        input == .bytes ? source.bytes(of: $0) : source.numbers(of: $0)
      })
    let ordered = layout == .nhwc ? images : images.transposed([0, 3, 1, 2])
    expectation = try Safetensors.encode(
      NamedTensors([
        .init(name: "images", tensor: ordered),
        .init(
          name: "probabilities",
          tensor: Tensor(
            shape: [count, predictions.classCount],
            values: predictions.rows.flatMap { $0.tempered(by: model.temperature) })),
      ]))
  }
}

extension Predictions {
  /// The probabilities of each image.
  fileprivate var rows: [ArraySlice<Float>] {
    stride(from: 0, to: probabilities.count, by: classCount).map {
      probabilities[$0..<$0 + classCount]
    }
  }
}

extension ArraySlice<Float> {
  /// The probabilities after a division of what their softmax took: powers of them that add up to 1.
  fileprivate func tempered(by temperature: Double) -> [Float] {
    let powers = map { pow(Double($0), 1 / temperature) }
    let sum = powers.reduce(0, +)
    return powers.map { Float($0 / sum) }
  }
}

/// Images of random bytes, scaled as a model reads them.
private struct RandomPixels: SampleSource {
  let count: Int
  let model: ExportedModel
  var imageShape: ImageShape { model.graph.inputShape }
  var classCount: Int { model.graph.classCount }

  func label(of sample: Int) -> Int { 0 }

  func bytes(of sample: Int) -> [Float] {
    let stream = RandomStream(seed: 5, purpose: .syntheticImage, sample: sample)
    return (0..<imageShape.elementCount).map { Float(stream.bits($0) % 256) }
  }

  func numbers(of sample: Int) -> [Float] {
    bytes(of: sample).enumerated().map { place, byte in
      let channel = place % imageShape.channels
      return Float((Double(byte) - model.shift[channel]) / model.divisor[channel])
    }
  }

  func writeInput(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>) {
    for (place, number) in numbers(of: sample).enumerated() { destination[place] = number }
  }
}
