import ChildPrograms
import Foundation
import Testing

/// Where a run comes from, as its folder says.
@Suite struct ProvenanceTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.writeStripes()
  }

  private func git(_ line: String) throws {
    var git = ChildProgram(
      ["git", "-c", "user.name=a", "-c", "user.email=a@b"]
        + line.split(separator: " ").map(String.init))
    git.directory = place.path
    try #require(try git.failure() == nil)
  }

  private func makeRepository() throws {
    try git("init --quiet .")
    try git("add stripes.yaml")
    try git("commit --quiet --message x")
  }

  /// The run's folder, and its run.json.
  private func onlyRun() throws -> (folder: String, manifest: [String: Any]) {
    let runs = place.runs(of: "stripes")
    try #require(runs.count == 1)
    return (runs[0], try place.json("\(runs[0])/run.json"))
  }

  @Test func changesAreRecordedWithEachRun() throws {
    try makeRepository()
    try place.write(place.text("stripes.yaml") + "# changed\n", to: "stripes.yaml")
    // As in a hook of another repository.
    #expect(
      try place.exp("run stripes.yaml --seeds 0-1", environment: ["GIT_DIR": "/nowhere"]).code == 0)
    let runs = place.runs(of: "stripes")
    #expect(runs.count == 2)
    for run in runs {
      let manifest = try place.json("\(run)/run.json")
      #expect((manifest["git_commit"] as? String)?.count == 40)
      #expect(manifest["git_dirty"] as? Bool == true)
      #expect(manifest["git_diff_cut"] == nil)
      #expect(try place.text("\(run)/git.diff").hasSuffix("\n+# changed\n"))
    }
  }

  @Test func withoutChangesThereIsNoDiff() throws {
    try makeRepository()
    #expect(try place.exp("run stripes.yaml").code == 0)
    let (folder, manifest) = try onlyRun()
    #expect(manifest["git_dirty"] as? Bool == false)
    #expect(!place.exists("\(folder)/git.diff"))
  }

  @Test func withoutGitTheCommitIsKnownAndChangesAreNot() throws {
    try makeRepository()
    let ending = try place.exp("run stripes.yaml --quiet", environment: ["PATH": "/nowhere"])
    #expect(ending.code == 0)
    #expect(ending.error == "")
    let manifest = try onlyRun().manifest
    #expect((manifest["git_commit"] as? String)?.count == 40)
    #expect(manifest["git_dirty"] == nil)
  }

  @Test func tagNoteToolchainAndExitCodeAreRecorded() throws {
    #expect(try place.exp("run stripes.yaml --tag v1.0_a --note why").code == 0)
    let (folder, manifest) = try onlyRun()
    #expect(manifest["tag"] as? String == "v1.0_a")
    #expect(manifest["note"] as? String == "why")
    #expect(manifest["exit_code"] as? Int == 0)
    let toolchain = try #require(manifest["toolchain"] as? String)
    #expect(toolchain.wholeMatch(of: /Swift \d.*, .*\d+\.\d+.*, (debug|release)/) != nil)
    #expect(try place.exp("list").output.contains("tag"))
    #expect(
      try place.exp("show \(folder)").output.contains("\ntag         v1.0_a\nnote        why\n"))
    #expect(try place.exp("compare --format csv --where tag==v1.0_a").output.contains("stripes"))
    #expect(try place.text("\(folder)/report.html").contains("<dd>v1.0_a</dd>"))
  }

  @Test(arguments: ["a b", "-x", "ä", "a/b"])
  func aTagIsAName(tag: String) throws {
    let ending = try Command(["run", "stripes.yaml", "--tag=\(tag)"], in: place.path).ending()
    #expect(ending.code == 64)
    #expect(
      ending.error.contains("'--tag' must consist of at most 100 letters, digits, '.', '_' and '-'")
    )
    #expect(place.runs(of: "stripes").isEmpty)
  }
}
