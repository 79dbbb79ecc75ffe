import Foundation
import Testing

/// `exp run --missing`, as a user runs it.
@Suite struct MissingRunsTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.writeStripes(["training": "{epochs: 1, batch_size: 16}"])
  }

  /// A folder that cannot be written to gives one error, not one without end.
  @Test(arguments: ["", " --jobs 2"])
  func theyNeedAFolder(option: String) throws {
    try place.write("", to: "file")
    let ending = try place.exp("run stripes.yaml --missing --quiet --output-dir file\(option)")
    #expect(ending.code == 74)
    #expect(ending.error == "error: cannot create 'file': Not a directory\n")
  }

  /// One run answers for a spec, however many names that has.
  @Test(arguments: ["", " --jobs 2"])
  func aSpecUnderTwoNamesIsRunOnce(option: String) throws {
    try place.write(try place.text("stripes.yaml") + "name: twin\n", to: "twin.yaml")
    let files = "stripes.yaml twin.yaml --missing"
    #expect(try place.exp("run \(files) --dry-run").error == "1 experiment, 1 run\n")
    let ending = try place.exp("run \(files)\(option)")
    #expect(ending.code == 0)
    #expect(!ending.error.contains("completed before") && !ending.error.contains("elsewhere"))
    #expect(place.names(in: "runs") == [".claims", "stripes"])
    let again = try place.exp("run \(files)\(option)")
    #expect(again.error.hasSuffix("completed before: 1 of 1 run\n"), "\(again.error)")
  }

  /// Runs `stripes.yaml --missing` with these options; says how many runs were completed before.
  private func missing(_ options: String = "") throws -> String {
    let ending = try place.exp("run stripes.yaml --missing --quiet --output-dir runs \(options)")
    #expect(ending.code == 0, "\(ending.error)")
    let dry = try place.exp("run stripes.yaml --missing --dry-run \(options)")
    #expect(dry.error.hasPrefix("0 experiments, 0 runs\n"))
    return dry.error.replacing("0 experiments, 0 runs\ncompleted before: ", with: "")
  }

  @Test(
    "data that lies elsewhere is the same; with another label, of whatever size and time, it is not"
  )
  func movedAndChangedData() throws {
    let files = FileManager.default
    func runCount() -> Int { place.runs(of: "stripes").count }
    #expect(try missing() == "1 of 1 run\n" && runCount() == 1)
    try files.createDirectory(atPath: "\(place.path)/elsewhere", withIntermediateDirectories: true)
    try files.moveItem(atPath: "\(place.path)/data", toPath: "\(place.path)/elsewhere/data")
    #expect(try place.exp("run stripes.yaml --missing").code == 66)
    #expect(try missing("--data-dir elsewhere") == "1 of 1 run\n" && runCount() == 1)
    #expect(try place.exp("evaluate latest --data-dir elsewhere").code == 0)

    let labels = "elsewhere/data/t10k-labels-idx1-ubyte"
    let times = try files.attributesOfItem(atPath: "\(place.path)/\(labels)")
    var bytes = try place.bytes(labels)
    bytes[bytes.count - 1] = (bytes[bytes.count - 1] + 1) % 3
    try place.write(bytes, to: labels)
    try files.setAttributes(
      [.modificationDate: try #require(times[.modificationDate])],
      ofItemAtPath: "\(place.path)/\(labels)")
    #expect(try missing("--data-dir elsewhere") == "1 of 1 run\n" && runCount() == 2)
    let table = try place.exp("compare").output
    #expect(table.contains("stripes (test_labels "))
  }

  @Test func aDryRunSaysWhatIsNotToBeRun() throws {
    let spec = try place.text("stripes.yaml")
    let changed = spec.replacing(
      "{type: adam, learning_rate: 0.01}", with: "{type: sgd, learning_rate: 1e30}")
    try place.write(changed + "name: steep\n", to: "steep.yaml")
    #expect(try place.exp("run stripes.yaml steep.yaml").code == 1)
    let steep = try #require(place.runs(of: "steep").first)
    let ending = try place.exp("run stripes.yaml steep.yaml --missing --dry-run")
    #expect(ending.code == 0)
    #expect(ending.output == "")
    #expect(ending.error.contains("\n0 experiments, 0 runs\ndiverged before: \(steep): "))
    #expect(
      ending.error.hasSuffix(
        "\nhint: '--retry-failed' repeats them\ncompleted before: 1 of 2 runs\n"))
    let retry = try place.exp("run stripes.yaml steep.yaml --missing --retry-failed --dry-run")
    #expect(retry.error.hasSuffix("\n1 experiment, 1 run\ncompleted before: 1 of 2 runs\n"))
    #expect(retry.output.contains("steep"))
  }

  /// What cannot be read may be the run that is wanted.
  @Test(arguments: [" --dry-run", ""])
  func aRunThatCannotBeReadIsToldOf(option: String) throws {
    #expect(try place.exp("run stripes.yaml").code == 0)
    let run = try #require(place.runs(of: "stripes").first)
    try place.write("{", to: "\(run)/run.json")
    let ending = try place.exp("run stripes.yaml --missing\(option)")
    #expect(ending.code == 0)
    #expect(
      ending.error.components(separatedBy: "warning: \(run): run.json is damaged: ").count == 2,
      "\(ending.error)")
  }
}
