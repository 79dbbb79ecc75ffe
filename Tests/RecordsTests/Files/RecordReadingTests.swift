import Documents
import Files
import Records
import Testing

/// What a reader of run.json has to tolerate and what not; seen through a manifest's texts and numbers.
@Suite struct RecordReadingTests {
  private let runs: RunsExample
  private let folder: RunFolder

  init() throws {
    runs = try RunsExample()
    folder = try runs.addRun()
  }

  @Test(arguments: [
    (#""""#, ""), (#""a\"b\\c\/d""#, "a\"b\\c/d"), (#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"),
    (#""\u00e9 \uD83D\uDE00 é😀""#, "é 😀 é😀"), (#""\ud83d""#, "\u{FFFD}"), (#""\u0000""#, "\0"),
    (#""a]},b""#, "a]},b"),
  ])
  func texts(json: String, text: String) throws {
    try runs.edit(.manifest, of: folder, #""dataset": "mnist""#, "\"dataset\": \(json)")
    #expect(try folder.manifest().data.dataset == text)
  }

  /// They stand in every table, and folders are called so.
  @Test(arguments: ["", "a b", "..", "-n", String(repeating: "a", count: 101)])
  func impossibleNames(name: String) throws {
    try runs.edit(.manifest, of: folder, #""mnist-baseline""#, "\"\(name)\"")
    let rule =
      "'name' must consist of at most 100 letters, digits, '.', '_' and '-', and start with a letter or digit"
    #expect(throws: DamagedFileError(path: folder.path(of: .manifest), reason: rule)) {
      try folder.manifest()
    }
    #expect(throws: DamagedFileError(path: folder.path(of: .manifest), reason: rule)) {
      try RunRecord(folder: folder)
    }
  }

  @Test(arguments: [
    ("-7", -7), ("1000000000000000", 1_000_000_000_000_000),
    ("-1000000000000000", -1_000_000_000_000_000), ("-0", 0),
  ])
  func integers(json: String, number: Int) throws {
    try runs.edit(.manifest, of: folder, #""seed": 0"#, "\"seed\"\t:\r\n\(json)  ")
    #expect(try folder.manifest().seed == number)
  }

  @Test(arguments: [
    ("0.25", 0.25), ("1e3", 1000), ("-2.5E-1", -0.25), ("7", 7), (#""inf""#, Double.infinity),
    (#""-inf""#, -Double.infinity),
  ])
  func reals(json: String, number: Double) throws {
    let list = try JSONDocument(Array("[\(json)]".utf8)).root.items
    #expect(try list[0].real == number)
  }

  @Test(arguments: [
    "01", "+1", "1.", ".5", "1e", "-", "0x1", "NaN", "'1'", "tru", "nul", "[1,]", "[1", "{\"a\"}",
    "{\"a\": 1,}", "{a: 1}", "\"a", "\"\\x\"", "\"\\u12g4\"", "\"\n\"", "1 2", "[1 2]", "", "]",
  ])
  func whatIsNoJSON(json: String) throws {
    // Also where nobody looks at it.
    for place in [#"{"format": \#(json)}"#, #"{"unread": \#(json), "format": 1}"#] {
      try folder.write(place, to: .manifest)
      let path = folder.path(of: .manifest)
      #expect(throws: DamagedFileError(path: path, reason: "it is not complete JSON")) {
        try folder.manifest()
      }
    }
  }

  @Test func bracketsWithoutEnd() throws {
    for bracket in ["[", "{\"a\":"] {
      try folder.write(String(repeating: bracket, count: 100_000), to: .manifest)
      let path = folder.path(of: .manifest)
      #expect(throws: DamagedFileError(path: path, reason: "it is nested too deep")) {
        try folder.manifest()
      }
    }
  }

  @Test func whatIsWrittenReadsBack() throws {
    let manifest = Manifest.example(note: "\"\\\n\u{1}é猫😀\0")
    try folder.write(manifest)
    #expect(try folder.manifest() == manifest)
  }

  @Test func everyPlaceWhereAFileMayEnd() throws {
    let text = try Storage.read(folder.path(of: .manifest))
    for count in 0..<(text.count - 2) {
      try folder.write(Array(text[..<count]), to: .manifest)
      #expect(throws: DamagedFileError.self) { try folder.manifest() }
    }
  }
}
