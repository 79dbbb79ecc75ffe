import Exchange
import ExperimentExamples
import Foundation
import OneDNNBackend
import ReferenceBackend
import Tensors

/// A network as it leaves, with images and the probabilities that exp itself has for them: what another program makes
/// of the export is held against these.
package struct ExportedNetwork: Sendable {
  package let model: ExportedModel
  /// The number of images.
  package let count: Int
  /// Their bytes, image by image in the order height, width, channels.
  package let bytes: [UInt8]

  /// A network with `parameters`, or varied ones, and images of random bytes.
  package init(
    name: String, graph: Graph, parameters: NamedTensors? = nil, classNames: [String]? = nil,
    temperature: Double = 1, count: Int = 5
  ) {
    let shape = graph.inputShape
    model = ExportedModel(
      name: name, specHash: String(repeating: "0123456789abcdef", count: 4), graph: graph,
      parameters: parameters ?? graph.variedParameters,
      shift: (0..<shape.channels).map { 120.5 + Double($0) },
      divisor: (0..<shape.channels).map { 127.5 + Double($0) },
      classNames: classNames ?? (0..<graph.classCount).map(String.init), temperature: temperature)
    let stream = RandomStream(seed: 5, purpose: .syntheticImage)
    self.count = count
    bytes = (0..<count * shape.elementCount).map {
      UInt8(truncatingIfNeeded: stream.bits($0))
    }
  }

  /// The first graphs of the property test; every third has a temperature.
  package static let random = (0..<100).map { number in
    let random = RandomGraph(number: number)
    return ExportedNetwork(
      name: "random_\(number)", graph: random.graph, parameters: random.parameters,
      temperature: number.isMultiple(of: 3) ? 1.7 : 1)
  }

  /// The networks of the specs in `experiments/`, of a sweep the first, as they are before training.
  package static func experiments() throws -> [ExportedNetwork] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../experiments").path
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .filter { $0.hasSuffix(".yaml") }
      .map { file in
        let reading = try Reading(path: "\(folder)/\(file)")
        guard let plan = reading.plan else { throw Unreadable(text: reading.text) }
        return ExportedNetwork(name: plan.name, graph: plan.layers.graph)
      }
  }

  /// A spec of the project that is none here.
  struct Unreadable: Error {
    let text: String
  }

  /// The probabilities of exp for the images, row by row.
  package func probabilities() throws -> [Float] {
    let program = try OneDNNBackend(threads: 1).compile(
      model.graph, laneSize: 4, mode: .inference)
    try program.load(model.parameters)
    let batch = Batch(source: ScaledBytes(network: self), samples: Array(0..<count)[...])
    let predictions = try program.predict(batch)
    return stride(from: 0, to: predictions.probabilities.count, by: predictions.classCount)
      .flatMap { start -> [Float] in
        let row = predictions.probabilities[start..<start + predictions.classCount]
        // Of the softmax, dividing the scores by a temperature takes that root.
        let roots = row.map { pow(Double($0), 1 / model.temperature) }
        let sum = roots.reduce(0, +)
        return roots.map { Float($0 / sum) }
      }
  }

  /// Writes `NAME.expected.safetensors` with `images`, whose numbers are bytes, and `probabilities` into `folder`.
  package func writeExpectations(to folder: String) throws {
    let tensors = NamedTensors([
      .init(
        name: "images",
        tensor: Tensor(
          shape: [count] + model.graph.inputShape.lengths, values: bytes.map(Float.init))),
      .init(
        name: "probabilities",
        tensor: Tensor(shape: [count, model.graph.classCount], values: try probabilities())),
    ])
    try Data(Safetensors.encode(tensors))
      .write(to: URL(fileURLWithPath: "\(folder)/\(model.name).expected.safetensors"))
  }
}

/// The images as the network reads them.
private struct ScaledBytes: SampleSource {
  let network: ExportedNetwork
  var count: Int { network.count }
  var imageShape: ImageShape { network.model.graph.inputShape }
  var classCount: Int { network.model.graph.classCount }

  func label(of sample: Int) -> Int { 0 }

  func writeInput(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>) {
    let model = network.model
    for place in 0..<imageShape.elementCount {
      let channel = place % imageShape.channels
      let byte = Double(network.bytes[sample * imageShape.elementCount + place])
      destination[place] = Float((byte - model.shift[channel]) / model.divisor[channel])
    }
  }
}
