import ExperimentExamples
import Testing

@Suite struct SeedListTests {
  @Test(arguments: [
    ("[0, 1, 2]", [0, 1, 2]), ("0-4", [0, 1, 2, 3, 4]), ("7", [7]), ("[3]", [3]),
    ("1,3,5", [1, 3, 5]), ("0-2,7", [0, 1, 2, 7]), ("[5, 0]", [5, 0]), ("2-2", [2]),
  ])
  func seedsCanBeWrittenAs(text: String, seeds: [Int]) throws {
    #expect(try Reading(spec(["seeds": text])).plan?.spec.seeds.seeds == seeds)
  }

  @Test func withoutAnySeedIsZero() throws {
    #expect(try Reading(spec()).plan?.spec.seeds.seeds == [0])
  }

  @Test(arguments: [
    ("5-1", "needs seeds such as [0, 1, 2], 0-4 or 7, got '5-1'"),
    ("a", "needs seeds such as [0, 1, 2], 0-4 or 7, got 'a'"),
    ("1.5", "needs seeds such as [0, 1, 2], 0-4 or 7, got '1.5'"),
    ("-3", "needs seeds such as [0, 1, 2], 0-4 or 7, got '-3'"),
    ("{0: 1}", "needs seeds such as [0, 1, 2], 0-4 or 7, got a map"),
    ("1,2,1", "names a seed twice"),
    ("0-99999", "asks for more than 10000 seeds"),
    ("[0, -1]", "must be between 0 and 4294967295, got -1"),
    ("[0, one]", "needs a whole number, got 'one'"),
    ("[0, 1, 0]", "seed 0 is listed twice"), ("[]", "without a seed there is nothing to run"),
  ])
  func wrongSeedsAreExplained(text: String, message: String) throws {
    let reading = try Reading(spec(["seeds": text]))
    #expect(reading.plan == nil)
    #expect(reading.text.contains("error: \(message)\n"), "\(reading.text)")
  }

  @Test func quotesAreOneTooMany() throws {
    let text = try Reading(spec(["seeds": "'0-4'"])).text
    #expect(text.contains("got the text '0-4'\n"))
    #expect(text.hasSuffix("hint: remove the quotes\n"))
  }
}
