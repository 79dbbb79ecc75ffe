import Documents
import Records
import Testing

@Suite struct RunValuesTests {
  private let runs: RunsExample

  init() throws { runs = try RunsExample() }

  private static let values = RunValues(
    experiment: .map([
      ("data", .map([("dataset", .string("mnist")), ("validation", .integer(6_000))])),
      ("augmentation", .list([])),
      (
        "model",
        .map([
          (
            "layers",
            .list([
              .map([
                ("name", .string("dense")), ("type", .string("dense")), ("units", .integer(10)),
              ])
            ])
          )
        ])
      ),
      ("optimizer", .map([("betas", .list([.number(0.9), .number(10)])), ("a.b", .bool(true))])),
      ("note", .string("two\nlines \u{1} \"quoted\"")), ("loss", .null),
    ]),
    run: .map([("name", .string("a")), ("targets", .map([("val_accuracy", .number(0.9))]))]))

  @Test("values come back as they were, in order, numbers with a fraction apart from whole ones")
  func roundTrip() throws {
    let folder = try runs.addRun()
    try folder.write(Self.values)
    #expect(try folder.values() == Self.values)
    let catalog = RunCatalog(paths: [folder.path])
    #expect(catalog.values(of: catalog.runs[0]) == Self.values)
  }

  @Test("sections with the same text are one object, those under other keys are not")
  func sharedSections() throws {
    try runs.addRun(seed: 0)
    let other = try runs.addRun("other", seed: 1, learningRate: 0.5)
    try runs.edit(.manifest, of: other, "\"spec_hash\": \"", "\"spec_hash\": \"0")
    let same: PlainValue = .map([("type", .string("a"))])
    try other.write(
      RunValues(experiment: .map([("first", same), ("second", same)]), run: .map([])))
    let catalog = RunCatalog(paths: [runs.root.path])
    let values = catalog.runs.compactMap(catalog.values)
    #expect(values.count == 2)
    #expect(values.last?.experiment.map(\.key) == ["first", "second"])
  }

  @Test(arguments: [
    ("{", "it is not complete JSON"), ("[]", "it has the wrong type"),
    ("{\"experiment\": {}}", "'run' is missing"),
    ("{\"run\": {}}", "'experiment' is missing"),
    ("{\"experiment\": [], \"run\": {}}", "'experiment' has the wrong type"),
    ("{\"experiment\": {}, \"run\": 1}", "'run' has the wrong type"),
  ])
  func valuesThatCannotBeReadAreNamed(text: String, reason: String) throws {
    let folder = try runs.addRun()
    try folder.write(text, to: .values)
    let catalog = RunCatalog(paths: [folder.path])
    #expect(catalog.valueProblems.isEmpty)
    #expect(catalog.values(of: catalog.runs[0]) == nil)
    #expect(
      catalog.valueProblems == [
        RunProblem(path: folder.path, reason: "values.json is damaged: \(reason)")
      ])
  }

  @Test func anotherRunOfTheExperimentSpeaksForOneThatCannotBeRead() throws {
    let first = try runs.addRun(seed: 0, started: 1_000_000)
    let second = try runs.addRun(seed: 1, started: 2_000_000)
    try runs.remove(.values, of: second)
    let catalog = RunCatalog(paths: [runs.root.path])
    let values = try first.values()
    #expect(catalog.runs.map(catalog.values) == [values, values])
    #expect(
      catalog.valueProblems == [RunProblem(path: second.path, reason: "values.json is missing")])
  }
}
