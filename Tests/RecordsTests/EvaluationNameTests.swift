import Diagnostics
import Records
import Testing

@Suite struct EvaluationNameTests {
  @Test(arguments: [
    ("scans.yaml", false, "scans"), ("data/scans.yml", false, "scans"),
    ("/data/scans.v2.yaml", true, "scans.v2-last"), ("scans", true, "scans-last"),
  ])
  func `an evaluation is named after its file and its weights`(
    file: String, isOfLastWeights: Bool, name: String
  ) throws {
    #expect(try EvaluationName(file: file, isOfLastWeights: isOfLastWeights).text == name)
  }

  @Test(arguments: [
    ("scans-last.yaml", EvaluationNameError.Reason.meansLastWeights),
    ("a/b.npz", .isData(type: "npz")), ("b.csv", .isData(type: "csv")),
    (".yaml", .isInvalid("")), ("..", .isInvalid("..")), ("my scans.yaml", .isInvalid("my scans")),
  ])
  func `a file that cannot name one is refused`(
    file: String, reason: EvaluationNameError.Reason
  ) {
    let error = #expect(throws: EvaluationNameError.self) {
      try EvaluationName(file: file, isOfLastWeights: false)
    }
    #expect(error?.reason == reason)
    #expect(error?.description.contains("\nhint: ") == true)
    #expect(error?.exitStatus == .usage)
  }

  @Test func `the mark of the last weights counts among the letters`() {
    let stem = String(repeating: "a", count: 98)
    #expect(throws: Never.self) { try EvaluationName(file: stem, isOfLastWeights: false) }
    #expect(throws: EvaluationNameError.self) {
      try EvaluationName(file: stem, isOfLastWeights: true)
    }
  }

  @Test func `a name does not steer a terminal`() throws {
    let error = #expect(throws: EvaluationNameError.self) {
      try EvaluationName(file: "a\u{1B}[2J/b\u{7}.csv", isOfLastWeights: false)
    }
    let text = try #require(error?.description)
    #expect(!text.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{7}" })
  }
}
