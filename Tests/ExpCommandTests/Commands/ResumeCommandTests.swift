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
    #expect(ending.code == 0)
    #expect(ending.error == "skipped: \(run) is completed: there is nothing left to do\n")
  }

  /// Nobody takes for the rest of a run what is the whole of it.
  @Test func aRunWithoutItsStateStartsAgainAndSaysSo() throws {
    try place.writeStripes(["training": "{epochs: 1000000, batch_size: 16}"])
    let command = try place.start("run stripes.yaml")
    #expect(
      command.wait {
        place.runs(of: "stripes").first.map { place.names(in: "\($0)/state").count == 3 } ?? false
      })
    command.send(SIGKILL)
    _ = try command.ending()
    let run = try #require(place.runs(of: "stripes").first)
    try FileManager.default.removeItem(atPath: "\(place.path)/\(run)/state")
    let again = try place.start("resume latest")
    #expect(again.wait { place.names(in: "\(run)/state").count == 3 })
    again.send(SIGINT)
    let ending = try again.ending()
    #expect(ending.code == 75)
    #expect(
      ending.error.hasPrefix(
        "warning: \(run) has no saved state to go on from: it starts at the beginning again\n"))
    #expect(ending.error.contains("\nseed 0, going on from the beginning\n"))
    #expect(ending.error.hasSuffix("\nnext: exp resume --all\n"))
  }

  @Test func anEmptyNameIsNoFolder() throws {
    let command = try Command(["list", "--output-dir", ""], in: place.path)
    #expect(try command.ending().code == 64)
  }
}
