import Exchange
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
    file = try Safetensors.encode(
      NamedTensors([
        .init(
          name: "images",
          tensor: Tensor(
            shape: [count] + model.graph.inputShape.lengths,
            values: (0..<count).flatMap(source.bytes))),
        .init(
          name: "probabilities",
          tensor: Tensor(
            shape: [count, predictions.classCount],
            values: predictions.rows.flatMap { $0.tempered(by: model.temperature) })),
      ]))
  }
}
