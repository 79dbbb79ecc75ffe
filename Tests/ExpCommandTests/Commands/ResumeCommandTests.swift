import Foundation
import Testing

@Suite struct ResumeCommandTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.writeStripes()
  }

  @Test func whatIsAskedForMustMakeSense() throws {
    #expect(try place.exp("resume").code == 64)
    #expect(try place.exp("resume latest --all").code == 64)
    #expect(try place.exp("resume latest").code == 66)
    let none = try place.exp("resume --all")
    #expect(none.code == 0)
    #expect(none.error == "no run in 'runs' stopped on its way\n")
  }

  @Test func whatIsCompleteIsSkipped() throws {
    #expect(try place.exp("run stripes.yaml").code == 0)
    let run = try #require(place.runs(of: "stripes").first)
    let ending = try place.exp("resume latest")
    #expect(ending.code == 66)
    #expect(ending.error == "skipped: \(run) is completed\n")
  }

  /// A folder that cannot be written to gives one error, not one without end.
  @Test(arguments: ["", " --jobs 2"])
  func missingRunsNeedAFolder(option: String) throws {
    try place.write("", to: "file")
    let ending = try place.exp("run stripes.yaml --missing --quiet --output-dir file\(option)")
    #expect(ending.code == 74)
    #expect(ending.error == "error: cannot create 'file': Not a directory\n")
  }

  @Test func anEmptyNameIsNoFolder() throws {
    let command = try Command(["list", "--output-dir", ""], in: place.path)
    #expect(try command.ending().code == 64)
  }
}
