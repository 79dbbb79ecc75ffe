import Learning
import Specs
import Testing

@Suite struct TimeLimitTests {
  @Test(
    arguments: [
      ("seconds: 10", "the time limit of 10.0 s was over after epoch 3"),
      ("minutes: 0.1", "the time limit of 6.0 s was over after epoch 2"),
      ("minutes: 0.1, seconds: 8", "the time limit of 14.0 s was over after epoch 4"),
    ])
  func `it stops after the epoch in which the time is over`(limit: String, reason: String) throws {
    let answers = Answers(
      try declared("{type: time_limit, \(limit)}"), "seconds", [4, 4, 4, 4, 4])
    #expect(answers.stopReasons == [reason])
  }

  @Test(arguments: ["time_limit", "{type: time_limit, minutes: 0}"])
  func `no time at all is a mistake`(yaml: String) {
    let found = findings(yaml, as: OneOf<CallbackCatalog>.self)
    #expect(found.contains("error: 'time_limit' leaves no time\n"))
    #expect(found.contains("hint: give it 'minutes' or 'seconds'"))
  }
}
