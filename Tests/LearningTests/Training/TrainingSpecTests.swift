import Learning
import Testing

@Suite struct TrainingSpecTests {
  @Test(arguments: [(1, 1), (2, 1), (3, 2), (10, 5), (31, 16), (32, 16), (33, 16), (128, 16)])
  func `a lane has 16 images, or half of a small batch`(batchSize: Int, laneSize: Int) throws {
    let spec: TrainingSpec = try declared("{epochs: 1, batch_size: \(batchSize)}")
    #expect(spec.laneSize == nil)
    #expect(spec.resolved.laneSize == laneSize)
  }

  @Test func `a lane size that is given stays`() throws {
    let spec: TrainingSpec = try declared("{epochs: 1, batch_size: 20, lane_size: 20}")
    #expect(spec.resolved.laneSize == 20)
    let backend = ScriptedBackend()
    _ = try Trainings.trainer(training: "{epochs: 1, batch_size: 20, lane_size: 7}").train(
      on: Trainings.samples(20), validation: nil, backend: backend)
    #expect(backend.program?.laneSize == 7)
  }

  @Test func `a lane must fit into a batch`() {
    #expect(
      findings("{epochs: 1, batch_size: 8, lane_size: 9}", as: TrainingSpec.self) == """
        a.yaml:1:39: error: a lane of 9 images does not fit into a batch of 8
            1 | {epochs: 1, batch_size: 8, lane_size: 9}
              |                                       ^
        hint: leave 'lane_size' out: 4 is usual here
        """)
  }

  @Test func `batches have Keras's 32 images unless told otherwise`() throws {
    #expect(try declared("{epochs: 1}", as: TrainingSpec.self).batchSize == 32)
  }

  @Test func `an epoch has the steps of a pass, or those that are given`() throws {
    let usual: TrainingSpec = try declared("{epochs: 3, batch_size: 16}")
    #expect(usual.length(imageCount: 40).stepsPerEpoch == 3)
    let given: TrainingSpec = try declared("{epochs: 3, batch_size: 16, steps_per_epoch: 7}")
    #expect(given.length(imageCount: 40).stepsPerEpoch == 7)
    #expect(given.length(imageCount: 40).steps == 21)
  }

  @Test(arguments: [
    "{epochs: 0}", "{epochs: 1, batch_size: 0}", "{epochs: 1, lane_size: 0}",
    "{epochs: 1, steps_per_epoch: 0}",
  ])
  func `nothing may be 0`(yaml: String) {
    #expect(findings(yaml, as: TrainingSpec.self).contains("error: must be at least 1, got 0"))
  }

  @Test func `a batch has a largest size`() {
    let yaml = "{epochs: 1, batch_size: 9223372036854775807}"
    #expect(
      findings(yaml, as: TrainingSpec.self)
        .contains("error: must be at most 1000000, got 9223372036854775807"))
  }
}
