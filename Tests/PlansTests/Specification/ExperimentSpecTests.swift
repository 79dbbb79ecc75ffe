import ExperimentExamples
import Testing

@Suite struct ExperimentSpecTests {
  @Test(arguments: ["a", "mnist-baseline", "2nd", "a.b_c-d", "on", "1e-3", "null.x"])
  func namesAreTextWhateverTheyLookLike(name: String) throws {
    #expect(try Reading(spec(["name": name])).plan?.name == name)
  }

  @Test(arguments: [
    "-x", "a/b", "ä", "''", "..", "a b", ".hidden", "'" + String(repeating: "a", count: 101) + "'",
  ])
  func namesThatNoFolderShouldHaveAreRejected(name: String) throws {
    let reading = try Reading(spec(["name": name]))
    #expect(reading.plan == nil)
    #expect(
      reading.text.contains(
        "error: must consist of at most 100 letters, digits, '.', '_' and '-', and start with a letter or digit"
      ))
  }
}
