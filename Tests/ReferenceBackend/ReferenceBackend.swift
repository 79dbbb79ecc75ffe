import Tensors

/// The plain-loop backend: the same programs as the real one, by `ReferenceNetwork`.
package struct ReferenceBackend: Backend {
  package init() {}

  package func compile(_ graph: Graph, laneSize: Int, mode: ProgramMode) throws -> any Program {
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
    // What the rule remembers stays when other parameters take the place of those it made.
    guard slots.isEmpty else { return }
    slots = tensors.entries.map { entry in
      (0..<(rule?.slotCount ?? 0)).map { _ in
        [Float](repeating: 0, count: entry.tensor.values.count)
      }
    }
  }

  func recomputeStatistics(_ batches: [Batch]) throws {
    for (index, batch) in batches.enumerated() {
      let pass = network.forward(batch, values, learns: true)
      set(network.movingStatistics(after: pass, values, share: 1 / Double(index + 1)))
    }
  }

  private func set(_ statistics: ReferenceNetwork.Parameters) {
    for (index, entry) in tensors.entries.enumerated() {
      guard let values = statistics[entry.name] else { continue }
      tensors.entries[index].tensor.values = values.map(Float.init)
    }
  }

  func parameters() throws -> NamedTensors { tensors }

  func state() throws -> ProgramState {
    ProgramState(
      step: step, parameters: tensors,
      slots: (0..<(rule?.slotCount ?? 0)).map { slot in
        NamedTensors(
          learned.map { index in
            let entry = tensors.entries[index]
            return .init(
              name: entry.name,
              tensor: Tensor(shape: entry.tensor.shape, values: slots[index][slot]))
          })
      })
  }

  func restore(_ state: ProgramState) throws {
    try load(state.parameters)
    for (slot, values) in state.slots.enumerated() {
      for (index, entry) in zip(learned, values.entries) {
        slots[index][slot] = entry.tensor.values
      }
    }
    step = state.step
  }

  /// Numbers of the parameters that are learned.
  private var learned: [Int] {
    network.graph.parameters.indices.filter { network.graph.parameters[$0].parameter.isLearned }
  }

  func predict(_ batch: Batch) throws -> Predictions {
    predictions(network.forward(batch, values, learns: false))
  }

  func gradients(_ batch: Batch) throws -> NamedTensors {
    let gradients = learn(batch).gradients
    return NamedTensors(
      zip(tensors.entries, gradients).compactMap { entry, gradient in
        gradient.map {
          .init(name: entry.name, tensor: Tensor(shape: entry.tensor.shape, values: $0))
        }
      })
  }

  func train(_ batch: Batch, _ rates: StepRates) throws -> Predictions {
    guard let rule else { preconditionFailure("training with an inference program") }
    let (pass, gradients) = learn(batch)
    let predictions = predictions(pass)
    let moving = network.movingStatistics(after: pass, values)
    step += 1
    let update = UpdateStep(number: step, rates: rates, matrices: PlainProducts())
    for (index, gradient) in rule.clipping.clipped(gradients).enumerated() {
      if let gradient { apply(rule, update, index, gradient) }
    }
    set(moving)
    return predictions
  }

  private func apply(
    _ rule: any UpdateRule, _ update: UpdateStep, _ index: Int, _ gradient: [Float]
  ) {
    let count = gradient.count
    // Values, gradients, slots: each where the rule can change it in place.
    let storage = ([tensors.entries[index].tensor.values, gradient] + slots[index]).map {
      let pointer = UnsafeMutablePointer<Float>.allocate(capacity: count)
      pointer.initialize(from: $0, count: count)
      return pointer
    }
    defer { for pointer in storage { pointer.deallocate() } }
    rule.update(
      ParameterSlice(
        of: network.graph.parameters[index].parameter, values: storage[0],
        gradients: storage[1], slots: Array(storage.dropFirst(2)), count: count), update)
    let numbers = storage.map { Array(UnsafeBufferPointer(start: $0, count: count)) }
    tensors.entries[index].tensor.values = numbers[0]
    constrain(index)
    slots[index] = Array(numbers.dropFirst(2))
  }

  /// Brings parameter number `index` back to its constraint.
  private func constrain(_ index: Int) {
    let shape = tensors.entries[index].tensor.shape
    let values = tensors.entries[index].tensor.values.map(Double.init)
    switch network.graph.parameters[index].parameter.constraint {
    case nil: break
    case .nonNegative: tensors.entries[index].tensor.values = values.map { Float(max($0, 0)) }
    case .maximumNorm(let maximum, let axes):
      /// The place along each axis, with 0 for those that the norm is over.
      func group(_ element: Int) -> [Int] {
        var rest = element
        return shape.indices.reversed().map { axis in
          defer { rest /= shape[axis] }
          return axes.contains(axis) ? 0 : rest % shape[axis]
        }
      }
      var squares: [[Int]: Double] = [:]
      for (element, value) in values.enumerated() {
        squares[group(element), default: 0] += value * value
      }
      tensors.entries[index].tensor.values = values.enumerated().map { element, value in
        let norm = (squares[group(element)] ?? 0).squareRoot()
        return Float(value * min(norm, Double(maximum)) / (norm + 1e-7))
      }
    }
  }

  private var values: ReferenceNetwork.Parameters {
    ReferenceNetwork.Parameters(
      uniqueKeysWithValues: tensors.entries.map { ($0.name, $0.tensor.values.map(Double.init)) })
  }

  private func predictions(_ pass: ReferenceNetwork.Pass) -> Predictions {
    var predictions = Predictions(
      probabilities: pass.probabilities.flatMap { $0.map(Float.init) },
      losses: network.losses(pass).map { Float($0.value) }, classCount: network.graph.classCount)
    predictions.penalty = network.penalty(values)
    return predictions
  }

  /// A training pass, and the gradients of each parameter with what its regularizer adds; nil where it isn't learned.
  private func learn(_ batch: Batch) -> (pass: ReferenceNetwork.Pass, gradients: [[Float]?]) {
    let values = values
    let pass = network.forward(batch, values, learns: true)
    let gradients = network.backward(pass, values)
    return (
      pass,
      network.graph.parameters.map { name, parameter in
        guard parameter.isLearned else { return nil }
        let regularizer = parameter.regularizer ?? Regularizer()
        return zip(gradients[name] ?? [], values[name] ?? []).map { gradient, value in
          let sign: Double = value > 0 ? 1 : value < 0 ? -1 : 0
          return Float(
            gradient + Double(regularizer.l1) * sign + 2 * Double(regularizer.l2) * value)
        }
      }
    )
  }
}

extension GradientClipping {
  fileprivate func clipped(_ gradients: [[Float]?]) -> [[Float]?] {
    let norm = gradients.reduce(0) { sum, gradient in
      (gradient ?? []).reduce(sum) { $0 + Double($1) * Double($1) }
    }.squareRoot()
    let factor = globalNorm.map { norm > Double($0) ? Double($0) / norm : 1 } ?? 1
    let limit = value ?? .infinity
    return gradients.map { $0?.map { min(max(Float(Double($0) * factor), -limit), limit) } }
  }
}
