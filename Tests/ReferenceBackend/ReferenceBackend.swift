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

  func train(_ batch: Batch, _ rates: StepRates) throws -> Predictions {
    guard let rule else { preconditionFailure("training with an inference program") }
    let (predictions, gradients) = run(batch, learns: true)
    step += 1
    for (index, entry) in tensors.entries.enumerated() {
      let slope = (gradients[entry.name] ?? []).map(Float.init)
      let count = slope.count
      // Values, gradients, slots: each where the rule can change it in place.
      let storage = ([entry.tensor.values, slope] + slots[index]).map { numbers in
        let pointer = UnsafeMutablePointer<Float>.allocate(capacity: count)
        pointer.initialize(from: numbers, count: count)
        return pointer
      }
      defer { for pointer in storage { pointer.deallocate() } }
      rule.update(
        ParameterSlice(
          of: network.graph.parameters[index].parameter, values: storage[0],
          gradients: storage[1], slots: Array(storage.dropFirst(2)), count: count),
        UpdateStep(number: step, rates: rates, matrices: PlainProducts()))
      let numbers = storage.map { Array(UnsafeBufferPointer(start: $0, count: count)) }
      tensors.entries[index].tensor.values = numbers[0]
      slots[index] = Array(numbers.dropFirst(2))
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
      var targets = [Float](repeating: 0, count: network.graph.classCount)
      batch.source.writeTargets(of: sample, epoch: batch.epoch, to: &targets)
      let loss = network.loss(pass, targets: targets)
      predictions.probabilities += pass.probabilities.map(Float.init)
      predictions.losses.append(Float(loss.value))
      if learns {
        network.backward(
          pass, slopes: loss.slopes, parameters, scale: 1 / Double(batch.samples.count),
          addingTo: &gradients)
      }
    }
    return (predictions, gradients)
  }
}

/// Products of matrices by definition.
public struct PlainProducts: MatrixProducts {
  public init() {}

  public func multiply(
    _ a: UnsafePointer<Float>, transposed aIsTransposed: Bool, _ b: UnsafePointer<Float>,
    transposed bIsTransposed: Bool, into result: UnsafeMutablePointer<Float>, rows: Int,
    inner: Int, columns: Int
  ) {
    for row in 0..<rows {
      for column in 0..<columns {
        var sum = 0.0
        for index in 0..<inner {
          let left = aIsTransposed ? a[index * rows + row] : a[row * inner + index]
          let right = bIsTransposed ? b[column * inner + index] : b[index * columns + column]
          sum += Double(left) * Double(right)
        }
        result[row * columns + column] = Float(sum)
      }
    }
  }
}
