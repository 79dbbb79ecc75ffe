import Glibc
import Tensors

/// The plain-loop backend: the same programs as the real one, by `ReferenceNetwork`.
public struct ReferenceBackend: Backend {
  public init() {}

  public func compile(_ graph: Graph, laneSize: Int, mode: ProgramMode) throws -> any Program {
    ReferenceProgram(graph, mode)
  }
}

final class ReferenceProgram: Program {
  let kernelChoices: [String] = []
  private let network: ReferenceNetwork
  private let rule: (any UpdateRule)?
  private var tensors = NamedTensors()
  private var slots: [[[Float]]] = []
  private var step = 0

  init(_ graph: Graph, _ mode: ProgramMode) {
    network = ReferenceNetwork(graph)
    rule = if case .training(let rule) = mode { rule } else { nil }
  }

  func load(_ parameters: NamedTensors) throws {
    tensors = NamedTensors()
    for (name, parameter) in network.graph.parameters {
      guard let tensor = parameters[name], tensor.shape == parameter.shape else {
        throw ParameterMismatch(
          name: name, wanted: parameter.shape, found: parameters[name]?.shape)
      }
      tensors.entries.append(.init(name: name, tensor: tensor))
    }
    slots = tensors.entries.map { entry in
      (0..<(rule?.slotCount ?? 0)).map { _ in
        [Float](repeating: 0, count: entry.tensor.values.count)
      }
    }
  }

  func parameters() throws -> NamedTensors { tensors }

  func predict(_ batch: Batch) throws -> Predictions { run(batch, learns: false).predictions }

  func gradients(_ batch: Batch) throws -> NamedTensors {
    let gradients = run(batch, learns: true).gradients
    return NamedTensors(
      tensors.entries.map { entry in
        let values = (gradients[entry.name] ?? []).map(Float.init)
        return .init(name: entry.name, tensor: Tensor(shape: entry.tensor.shape, values: values))
      })
  }

  func train(_ batch: Batch, learningRate: Float) throws -> Predictions {
    guard let rule else { preconditionFailure("training with an inference program") }
    let (predictions, gradients) = run(batch, learns: true)
    step += 1
    for (index, entry) in tensors.entries.enumerated() {
      let slope = (gradients[entry.name] ?? []).map(Float.init)
      var values = entry.tensor.values
      let storage = slots[index].map { slot in
        let pointer = UnsafeMutablePointer<Float>.allocate(capacity: slot.count)
        pointer.initialize(from: slot, count: slot.count)
        return pointer
      }
      rule.update(
        &values, gradients: slope, slots: storage, count: values.count, learningRate: learningRate,
        step: step)
      for (number, pointer) in storage.enumerated() {
        slots[index][number] = Array(UnsafeBufferPointer(start: pointer, count: values.count))
        pointer.deallocate()
      }
      tensors.entries[index].tensor.values = values
    }
    return predictions
  }

  private func run(_ batch: Batch, learns: Bool) -> (
    predictions: Predictions, gradients: ReferenceNetwork.Parameters
  ) {
    let parameters = ReferenceNetwork.Parameters(
      uniqueKeysWithValues: tensors.entries.map { ($0.name, $0.tensor.values.map(Double.init)) })
    var gradients = parameters.mapValues { [Double](repeating: 0, count: $0.count) }
    var predictions = Predictions(
      probabilities: [], losses: [], classCount: network.graph.classCount)
    for sample in batch.samples {
      var pixels = [Float](repeating: 0, count: network.graph.inputShape.elementCount)
      batch.source.writeInput(of: sample, epoch: batch.epoch, to: &pixels)
      let dropout: (Int) -> RandomStream = { node in
        RandomStream(
          seed: batch.seed, purpose: .dropout, layer: node, epoch: batch.epoch, sample: sample)
      }
      let pass = network.forward(
        pixels.map(Double.init), parameters, dropout: learns ? dropout : nil)
      let label = batch.source.label(of: sample)
      predictions.probabilities += pass.probabilities.map(Float.init)
      predictions.losses.append(Float(-log(pass.probabilities[label])))
      if learns {
        network.backward(
          pass, label: label, parameters, scale: 1 / Double(batch.samples.count),
          addingTo: &gradients)
      }
    }
    return (predictions, gradients)
  }
}
