import Learning
import Metrics
import OneDNNBackend
import Tensors
import Testing

@Suite struct BalancedDrawsTests {
  /// 70, 25 and 5 images of three classes, mixed.
  private static let labels = (0..<100).map { $0 % 20 == 0 ? 2 : $0 % 4 == 1 ? 1 : 0 }

  private func draws() throws -> BalancedDraws {
    try BalancedDraws(labels: Self.labels, classCount: 3)
  }

  /// How often each image is drawn in an epoch.
  private func counts(_ draws: BalancedDraws, epoch: Int, seed: UInt64 = 7) -> [Int] {
    draws.samples(epoch: epoch, seed: seed).reduce(into: [Int](repeating: 0, count: 100)) {
      $0[draws.images[$1]] += 1
    }
  }

  @Test func `an epoch has as many draws as images, and each class its share`() throws {
    let draws = try draws()
    var sums = [0, 0, 0]
    for epoch in 0..<3 {
      #expect(draws.samples(epoch: epoch, seed: 7).count == 100)
      var classes = [0, 0, 0]
      for (image, count) in counts(draws, epoch: epoch).enumerated() {
        classes[Self.labels[image]] += count
      }
      #expect(classes.allSatisfy { (33...34).contains($0) })
      for label in 0..<3 { sums[label] += classes[label] }
    }
    #expect(sums == [100, 100, 100])
  }

  @Test func `no image is drawn again before all of its class were`() throws {
    let counts = counts(try draws(), epoch: 0)
    for label in 0..<3 {
      let own = counts.indices.filter { Self.labels[$0] == label }.map { counts[$0] }
      #expect((own.max() ?? 0) - (own.min() ?? 0) <= 1)
    }
  }

  @Test func `an image that is drawn again is another sample`() throws {
    let samples = try draws().samples(epoch: 0, seed: 7)
    #expect(Set(samples).count == samples.count)
  }

  @Test func `epochs and seeds differ, and each is always the same`() throws {
    let draws = try draws()
    #expect(draws.samples(epoch: 1, seed: 7) == draws.samples(epoch: 1, seed: 7))
    #expect(draws.samples(epoch: 1, seed: 7) != draws.samples(epoch: 0, seed: 7))
    #expect(draws.samples(epoch: 1, seed: 7) != draws.samples(epoch: 1, seed: 8))
    // Other images of the class with too many, too.
    #expect(counts(draws, epoch: 0) != counts(draws, epoch: 1))
  }

  @Test func `a class without images is an error`() {
    let error = #expect(throws: BalancedDraws.EmptyClass.self) {
      try BalancedDraws(labels: [0, 0, 2], classCount: 3)
    }
    #expect(error?.label == 1)
  }

  /// Images of a source, some of them several times.
  private struct Drawn: SampleSource {
    let source: any SampleSource
    let images: [Int]
    var count: Int { images.count }
    var imageShape: ImageShape { source.imageShape }
    var classCount: Int { source.classCount }
    func label(of sample: Int) -> Int { source.label(of: images[sample]) }
    func writeInput(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>) {
      source.writeInput(of: images[sample], epoch: epoch, to: destination)
    }
  }

  @Test func `training is the same on any number of threads, and after it was resumed`() throws {
    let source = Trainings.samples(40)
    let draws = try BalancedDraws(
      labels: (0..<40).map(source.label), classCount: source.classCount)
    let images = Drawn(source: source, images: draws.images)
    let usual = try Trainings.trainer(training: "{epochs: 3, batch_size: 16}")
    let trainer = Trainer(
      graph: usual.graph, optimizer: usual.optimizer, callbacks: [], training: usual.training,
      seed: 3, draws: draws)
    let log = Log()
    func weights(threads: Int, from state: TrainingState? = nil) throws -> NamedTensors {
      try trainer.train(
        on: images, validation: nil, backend: OneDNNBackend(threads: threads), from: state,
        observe: { log.events.append($0) }
      ).program.parameters()
    }
    let one = try weights(threads: 1)
    let states = log.events.compactMap {
      if case .stateReached(let state, _) = $0 { state } else { nil }
    }
    #expect(log.steps.allSatisfy { $0.stepCount == 3 && $0.imageCount <= 40 })
    #expect(try weights(threads: 2) == one)
    for state in states {
      try trainer.check(state, imageCount: 40)
      #expect(try weights(threads: 1, from: state) == one)
    }
    #expect(states.count == 3)
  }
}
