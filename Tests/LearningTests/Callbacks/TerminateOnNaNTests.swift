import Learning
import Testing

@Suite struct TerminateOnNaNTests {
  @Test(arguments: [[], ["terminate_on_nan"]])
  func `a run ends as diverged with it and without it`(callbacks: [String]) throws {
    let log = Log()
    let error = #expect(throws: TrainingDiverged.self) {
      try Trainings.trainer(callbacks: callbacks).train(
        on: Trainings.samples(40), validation: nil,
        backend: ScriptedBackend(trainingLoss: { $0 == 5 ? .infinity : 1 }),
        observe: { log.events.append($0) })
    }
    #expect(error?.epoch == 2)
    #expect(error?.step == 2)
    #expect(log.words.last == "step 2.1/3")
  }
}
