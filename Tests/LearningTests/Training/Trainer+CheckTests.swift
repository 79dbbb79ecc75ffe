import Documents
import Learning
import OneDNNBackend
import Tensors
import Testing

/// A state that training cannot have reached is refused, whatever is wrong with it: it may be forged.
@Suite struct TrainerCheckTests {
  private let trainer: Trainer
  private let tensors: NamedTensors
  private let text: String

  /// The state after an epoch of three steps, and another step.
  init() throws {
    trainer = try Trainings.trainer(
      training: "{epochs: 3, batch_size: 16}", optimizer: "adam",
      callbacks: [
        "exponential_moving_average",
        "{type: early_stopping, monitor: loss, restore_best_weights: true}",
        "{type: reduce_lr_on_plateau, monitor: loss}",
      ], seed: 3)
    var (state, steps) = (TrainingState?.none, 0)
    do {
      _ = try trainer.train(
        on: Trainings.samples(40), validation: nil, backend: OneDNNBackend(threads: 1),
        observe: {
          if case .stateReached(let reached, _) = $0 { state = reached }
          if case .stepEnded = $0 { steps += 1 }
        }, isInterrupted: { steps == 4 })
    } catch is TrainingInterrupted {}
    (tensors, text) = try #require(state).encoded()
  }

  /// The reason why such a state is refused; nil if it is not.
  private func refusal(_ tensors: NamedTensors, _ text: String) -> String? {
    do {
      try trainer.check(TrainingState(tensors: tensors, text: text), imageCount: 40)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test func `the state that training reached is taken`() throws {
    #expect(refusal(tensors, text) == nil)
    #expect(Set(tensors.entries.compactMap { $0.name.split(separator: "/").first }).count == 5)
  }

  @Test(arguments: ["parameters", "slot_0", "slot_1", "kept_1", "average_0"])
  func `each set has the tensors of the network`(set: String) throws {
    let index = try #require(tensors.entries.firstIndex { $0.name.hasPrefix(set + "/") })
    var changed = tensors
    changed.entries.remove(at: index)
    #expect(refusal(changed, text) != nil, "one is missing")

    changed = tensors
    changed.entries[index] = .init(
      name: tensors.entries[index].name, tensor: Tensor(shape: [1], values: [0]))
    #expect(refusal(changed, text) != nil, "one has another shape")

    changed = tensors
    changed.entries.insert(tensors.entries[index], at: index)
    #expect(refusal(changed, text) != nil, "one comes twice")

    changed = tensors
    changed.entries.swapAt(index, index + 1)
    #expect(refusal(changed, text) != nil, "they are in another order")

    changed = tensors
    changed.entries.removeAll { $0.name.hasPrefix(set + "/") }
    #expect(refusal(changed, text) != nil, "all are missing")
  }

  @Test func `nothing is left over`() {
    for name in ["kept_0/dense.kernel", "slot_2/dense.bias", "trained_1/x", "dense.bias"] {
      var changed = tensors
      changed.entries.append(.init(name: name, tensor: Tensor(shape: [1], values: [0])))
      #expect(refusal(changed, text) != nil, "\(name)")
    }
  }

  @Test(arguments: [
    ("\"epoch\":1", "\"epoch\":9223372036854775807"), ("\"epoch\":1", "\"epoch\":-1"),
    ("\"epoch\":1", "\"epoch\":2"), ("\"step\":4", "\"step\":5"),
    ("\"step\":4", "\"step\":-9223372036854775808"), ("\"step\":1", "\"step\":9"),
    ("\"imageCount\":16", "\"imageCount\":17"),
    ("\"averages\":[0]", "\"averages\":[0,0]"), ("\"averages\":[0]", "\"averages\":[]"),
    ("\"averages\":[0]", "\"averages\":[0,3]"),
    ("{\"callback\":1,\"epoch\":1}", "{\"callback\":1,\"epoch\":2}"),
    ("{\"callback\":1,\"epoch\":1}", "{\"callback\":-1,\"epoch\":1}"),
    (
      "{\"callback\":1,\"epoch\":1}",
      "{\"callback\":1,\"epoch\":1},{\"callback\":1,\"epoch\":1}"
    ),
    ("\\\"wait\\\":0", "\\\"wait\\\":9223372036854775807"),
    ("\\\"wait\\\":0", "\\\"wait\\\":-1"),
    ("\"learningRateFactor\":1", "\"learningRateFactor\":-1"),
  ])
  func `numbers are those of its progress`(old: String, new: String) throws {
    let changed = text.replacing(old, with: new, maxReplacements: 1)
    try #require(changed != text, "\(old) is in \(text)")
    #expect(refusal(tensors, changed) != nil)
  }

  @Test(arguments: [
    ("sgd", 3), ("adam", 2), ("adam", 4),
  ])
  func `it is of the same optimizer and callbacks`(optimizer: String, callbacks: Int) throws {
    let names = ["exponential_moving_average", "early_stopping", "reduce_lr_on_plateau", "swa"]
    let other = try Trainings.trainer(
      training: "{epochs: 3, batch_size: 16}", optimizer: optimizer,
      callbacks: names.prefix(callbacks).map { $0 == "swa" ? "terminate_on_nan" : $0 }, seed: 3)
    let state = try TrainingState(tensors: tensors, text: text)
    #expect(throws: StateMismatch.self) { try other.check(state, imageCount: 40) }
  }

  @Test func `steps that nobody has done are none`() throws {
    let endless = try Trainings.trainer(
      training: "{epochs: 1000000000, batch_size: 1}", optimizer: "adam", callbacks: [],
      seed: 3)
    let changed = text.replacing("\"epoch\":1", with: "\"epoch\":1000000000")
    let state = try TrainingState(tensors: tensors, text: changed)
    #expect(throws: StateMismatch.self) { try endless.check(state, imageCount: 60_000) }
  }

  @Test func `it is of as many images`() throws {
    let state = try TrainingState(tensors: tensors, text: text)
    #expect(throws: StateMismatch.self) { try trainer.check(state, imageCount: 50) }
  }
}
