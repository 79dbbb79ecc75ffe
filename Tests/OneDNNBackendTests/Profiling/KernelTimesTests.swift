import OneDNNBackend
import ReferenceBackend
import Tensors
import Testing

@Suite struct KernelTimesTests {
  @Test func learningGoesOnAfterKernelsWereTimedAsIfTheyHadNotBeen() throws {
    let graph = NetworkCase(
      "", NetworkCase.image(9, 9, 3),
      [
        NetworkCase.conv(16, [3, 3]), .activation(.relu), NetworkCase.pool([2, 2]), .flatten,
        NetworkCase.dense(64), .activation(.relu), NetworkCase.dense(3), NetworkCase.softmax,
      ]
    ).graph
    let samples = RandomSamples(count: 40, shape: graph.inputShape, classCount: graph.classCount)
    func learned(isTimed: Bool) throws -> NamedTensors {
      let backend = OneDNNBackend(threads: 2)
      let program = try backend.compile(
        graph, laneSize: 4, mode: .training(ClippedDescent(takesParts: true)))
      try program.load(graph.initialParameters(seed: 5))
      for step in 0..<2 {
        let batch = Batch(source: samples, samples: Array(step * 18..<step * 18 + 18)[...])
        _ = try program.train(batch, StepRates(learningRate: 0.1))
        if isTimed {
          #expect(try backend.timeOfKernelsAlone(in: program, for: batch, rounds: 3) > .zero)
        }
      }
      return try program.parameters()
    }
    #expect(try learned(isTimed: true) == learned(isTimed: false))
  }
}
