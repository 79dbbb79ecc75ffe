import Records
import Testing

@Suite struct SpecValuesTests {
  private let runs: RunsExample

  init() throws { runs = try RunsExample() }

  /// The values of a spec in a run, and how they are written: read section by section, and read as a whole.
  private func values(_ text: String) throws -> (inCatalog: SpecValues?, alone: SpecValues?) {
    let folder = try runs.addRun()
    try folder.write(text, to: .resolved)
    let catalog = RunCatalog(paths: [folder.path])
    return (
      catalog.specValues(of: catalog.runs[0]), try? SpecValues(path: folder.path(of: .resolved))
    )
  }

  @Test func valuesStandUnderDottedKeys() throws {
    let (read, alone) = try values(
      """
      # Every value in force.
      name: a
      seeds: [1]
      description: "unseen"
      data: {dataset: mnist, validation: 6000}
      augmentation: []
      model:
        layers:
        - {type: dense, units: 10}
        - {type: dropout}
      optimizer: {type: adam, betas: [0.9, 0.999]}
      note: "two\\nlines"
      targets: {val_accuracy: 0.9}
      """)
    let expected = SpecValues([
      .init("data.dataset", "mnist"), .init("data.validation", "6000"), .init("augmentation", "[]"),
      .init("model.layers.0", "dense"), .init("model.layers.0.units", "10"),
      .init("model.layers.1", "dropout"), .init("optimizer", "adam"),
      .init("optimizer.betas", "[0.9, 0.999]"), .init("note", "two lines"),
    ])
    #expect(read == expected)
    #expect(alone == expected)
  }

  @Test func aMapFromClassesIsOneValue() throws {
    let (read, alone) = try values("loss: {type: focal, class_weight: {3: 2.0, 7: 1.0}}\n")
    let expected = SpecValues([
      .init("loss", "focal"), .init("loss.class_weight", "{3: 2.0, 7: 1.0}"),
    ])
    #expect(read == expected)
    #expect(alone == expected)
  }

  @Test(arguments: [
    "optimizer: &o {type: adam}\nloss: *o\n", "a: [1,\nb, 2]\nc: 3\n",
    "a: |\n  text\n\n  more\nb: 1",
    "{a: 1, b: {c: 2}}\n", "---\na: 1\n", "a: 1\n...\n",
    "a: >-\n  folded\n  text\n\n\nb: 'x\n\n  y'\n",
    "'a': 1\nb: 2\n", "\u{FEFF}a: 1\nb: 2\n", "a:\n- 1\n- 2\nb:\n", "? a\n: 1\n", "A: 1\nb: 2\n",
    "a: 1\r\nb: 2\r\n", "a: \"x\\\n  y\"\nb: 2\n", "a:\n  b: 1\n # comment\n  c: 2\n",
    "# nothing\na: 1",
  ])
  func howeverASpecIsWritten(text: String) throws {
    let (read, alone) = try values(text)
    #expect(read == alone)
    #expect(read?.keys.isEmpty == false)
  }

  @Test func keysAreOneLineToo() throws {
    let (read, alone) = try values(
      "a: {\"b\\nc\": 1, \"d\\0e\": 2}\n\"f\\ng\": 3\n\"h\\0i\": \"j\\0k\"\n")
    let expected = SpecValues([
      .init("a.b c", "1"), .init("a.de", "2"), .init("f g", "3"), .init("hi", "jk"),
    ])
    #expect(read == expected)
    #expect(alone == expected)
  }

  @Test(arguments: [
    ("a: 1\nb: [2\n", "line 2: a ',' or ']' is missing"),
    ("a: 1\na: 2\n", "line 2: 'a' comes twice"),
    ("a: 1\nb: *c\n", "line 2: no '&c' before this '*c'"), ("", "line 1: the file is empty"),
    ("a: 1\n---\nb: 2\n", "line 2: a second document starts here"),
  ])
  func specsThatCannotBeReadAreNamed(text: String, reason: String) throws {
    let folder = try runs.addRun()
    try folder.write(text, to: .resolved)
    let catalog = RunCatalog(paths: [folder.path])
    #expect(catalog.specProblems.isEmpty)
    #expect(catalog.specValues(of: catalog.runs[0]) == nil)
    #expect(
      catalog.specProblems == [
        RunProblem(path: folder.path, reason: "resolved.yaml is damaged: \(reason)")
      ])
  }

  @Test func anotherRunOfTheSpecSpeaksForOneThatCannotBeRead() throws {
    let first = try runs.addRun(seed: 0, started: 1_000_000)
    let second = try runs.addRun(seed: 1, started: 2_000_000)
    try runs.remove(.resolved, of: second)
    let catalog = RunCatalog(paths: [runs.root.path])
    let values = try SpecValues(path: first.path(of: .resolved))
    #expect(catalog.runs.map(catalog.specValues) == [values, values])
    #expect(
      catalog.specProblems == [RunProblem(path: second.path, reason: "resolved.yaml is missing")])
  }
}
