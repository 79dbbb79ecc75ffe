import Testing

@Suite struct InitCommandTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test func whatItWritesIsRightAndTrainsAtOnce() throws {
    let ending = try place.exp("init")
    #expect(ending.code == 0)
    #expect(ending.output == "experiment.yaml\n")
    #expect(ending.error == "next: exp run experiment.yaml\n")
    let check = try place.exp("check experiment.yaml")
    #expect(check.code == 0)
    #expect(check.error == "")
    // The same with less data, so that the test is soon over.
    let small = "{type: synthetic_digits, training: 200, test: 50}"
    try place.replace("dataset: synthetic_digits ", by: "dataset: \(small) ", in: "experiment.yaml")
    let run = try place.exp("run experiment.yaml --seed 0")
    #expect(run.code == 0, "\(run.error)")
    #expect(place.runs(of: "experiment").count == 1)
  }

  @Test func whatItSuggestsInCommentsWorksToo() throws {
    #expect(try place.exp("init mine").code == 0)
    let lines = try place.text("mine.yaml").components(separatedBy: "\n")
    var count = 0
    let text = lines.map { line in
      let code = line.trimmingPrefix { $0 == " " }.trimmingPrefix("# ")
      let isSuggestion =
        line.contains("# ") && !line.trimmingPrefix { $0 == " " }.hasPrefix("- ")
        && ["- {", "  - {", "augmentation:", "limit:"].contains { code.hasPrefix($0) }
      guard isSuggestion else { return line }
      count += 1
      return line.replacingOccurrences(of: "# ", with: "", range: line.range(of: "# "))
    }
    #expect(count == 5)
    try place.write(text.joined(separator: "\n"), to: "mine.yaml")
    let check = try place.exp("check mine.yaml")
    #expect(check.code == 0)
    #expect(check.error == "")
  }

  @Test(arguments: ["mine", "mine.yaml", "mine.yml"])
  func theNameIsTheExperimentsAndTheFiles(name: String) throws {
    #expect(try place.exp("init \(name)").output == "mine.yaml\n")
    #expect(try place.text("mine.yaml").contains("\nname: mine\n"))
  }

  @Test func whatIsThereStays() throws {
    try place.write("precious", to: "mine.yaml")
    let ending = try place.exp("init mine")
    #expect(ending.code == 74)
    #expect(ending.output == "")
    #expect(
      ending.error
        == "error: 'mine.yaml' is there already\nhint: 'exp init NAME' writes NAME.yaml\n")
    #expect(try place.text("mine.yaml") == "precious")
  }

  @Test(arguments: ["a/b", "../mine", ".hidden", ".yaml", "mïne"])
  func namesAreThoseThatExperimentsMayHave(name: String) throws {
    let ending = try place.exp("init \(name)")
    #expect(ending.code == 64)
    #expect(
      ending.error.hasPrefix(
        "error: the name must consist of at most 100 letters, digits, '.', '_' and '-', and start with a letter or digit, got '"
      ))
    #expect(place.names(in: ".") == [])
  }
}
