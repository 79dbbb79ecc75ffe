import Diagnostics
import Learning
import Specs
import Testing

@Suite struct LearningRateExtremesTests {
  private func warnings(_ yaml: String) throws -> [String] {
    let node = try YAML.parse(SourceFile(path: "a.yaml", text: yaml))
    var diagnostics = Diagnostics()
    let rate = try #require(LearningRate.decode(node, &diagnostics))
    rate.warnOfExtremes(atMost: 10, at: node.location, hint: nil, &diagnostics)
    return diagnostics.all.map { "\($0.location?.column ?? 0): \($0.severity) \($0.message)" }
  }

  @Test(arguments: [
    ("RATE", 1), ("{type: constant, learning_rate: RATE}", 33),
    ("{type: exponential_decay, decay_steps: 7, decay_rate: 0.5, initial_learning_rate: RATE}", 83),
    ("{type: inverse_time_decay, decay_steps: 7, decay_rate: 2, initial_learning_rate: RATE}", 82),
    ("{type: cosine_decay, initial_learning_rate: RATE}", 45),
    ("{type: polynomial_decay, initial_learning_rate: RATE}", 49),
    ("{type: one_cycle, max_learning_rate: RATE}", 38),
    ("{type: piecewise_constant, boundaries: [50], values: [1, RATE]}", 58),
  ])
  func `rates that nothing is learned with are noticed where they stand`(
    yaml: String, column: Int
  ) throws {
    func warnings(_ rate: String) throws -> [String] {
      try self.warnings(yaml.replacing("RATE", with: rate))
    }
    #expect(
      try warnings("11")
        == ["\(column): warning with a learning rate of 11 training most likely diverges"])
    #expect(
      try warnings("5e-8")
        == ["\(column): warning with a learning rate of 5e-08 training changes next to nothing"])
    #expect(try warnings("10") == [])
    #expect(try warnings("1e-7") == [])
  }
}
