import Files
import Metrics
import Records
import Testing

@Suite struct RunRecordPredictionsTests {
  @Test func predictionsOfAnotherRunAreDamage() throws {
    let runs = try RunsExample()
    let folder = try runs.addRun()
    func write(predicted: [Int]) throws {
      try folder.write(
        PredictionTable(
          labels: [0, 1, 1], predicted: predicted,
          probabilities: predicted.flatMap { $0 == 0 ? [0.75, 0.25] as [Float] : [0.25, 0.75] },
          classNames: ["0", "1"]))
    }
    let run = try RunRecord(folder: folder)
    try write(predicted: [0, 1, 0])
    #expect(try run.predictions().predicted == [0, 1, 0])
    try write(predicted: [0, 1, 1])
    let error = try #require(throws: DamagedFileError.self) { try run.predictions() }
    #expect(error.reason == "it has other predictions than results.json counts")
  }
}
