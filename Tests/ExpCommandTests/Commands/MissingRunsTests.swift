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
