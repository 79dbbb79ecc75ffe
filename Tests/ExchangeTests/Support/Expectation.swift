import Exchange
import Foundation
import Tensors

/// Images of random bytes, and the probabilities that a program of an exported network has to give for them.
struct Expectation {
  /// A safetensors file of `images`, whose numbers are bytes in the order height, width, channels, and
  /// `probabilities`.
  let file: [UInt8]

  /// Lets `backend` predict with `model`.
  init(_ model: ExportedModel, count: Int = 5, backend: any Backend) throws {
    let source = RandomPixels(count: count, model: model)
    let program = try backend.compile(model.graph, laneSize: 4, mode: .inference)
    try program.load(model.parameters)
    let predictions = try program.predict(Batch(source: source, samples: Array(0..<count)[...]))
    let classCount = predictions.classCount
    let calibrated = stride(from: 0, to: count * classCount, by: classCount).flatMap { start in
      // Scores divided by a temperature make a softmax of that root.
      let roots = predictions.probabilities[start..<start + classCount]
        .map { pow(Double($0), 1 / model.temperature) }
      let sum = roots.reduce(0, +)
      return roots.map { Float($0 / sum) }
    }
    file = try Safetensors.encode(
      NamedTensors([
        .init(
          name: "images",
          tensor: Tensor(
            shape: [count] + model.graph.inputShape.lengths,
            values: (0..<count).flatMap(source.bytes))),
        .init(
          name: "probabilities", tensor: Tensor(shape: [count, classCount], values: calibrated)),
      ]))
  }
}
