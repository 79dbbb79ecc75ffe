import Learning
import OneDNNBackend
import Tensors
import Testing

@Suite struct EvaluationTests {
  @Test func `scores every image once, in order`() throws {
    let trainer = try Trainings.trainer()
    let samples = Trainings.samples(53)
    let program = try OneDNNBackend(threads: 2).compile(
      trainer.graph, laneSize: 16, mode: .inference)
    try program.load(trainer.graph.initialParameters(seed: 3))
    let evaluation = try Evaluation(program, samples)
    let classes = (0..<53).map { evaluation.predictions.predictedClass(at: $0) }
    let correct = (0..<53).count { classes[$0] == samples.label(of: $0) }
    #expect(evaluation.predictions.losses.count == 53)
    #expect(evaluation.scores.accuracy == Double(correct) / 53)
    #expect(evaluation.scores.perClass.map(\.support).reduce(0, +) == 53)
    let mean = evaluation.predictions.losses.reduce(0) { $0 + Double($1) } / 53
    #expect(evaluation.scores.loss == mean)
    // Alone, an image is given the same probabilities as among others.
    let alone = try program.predict(Batch(source: samples, samples: [40]))
    #expect(alone.probabilities == Array(evaluation.predictions.probabilities[120..<123]))
  }
}
