import Foundation
import Testing

/// Runs that stopped on another kind of processor, as a user meets them.
@Suite struct AnyCPUTests {
  private let place: Workplace
  private let run: String
  /// This machine's processor.
  private let cpu: String

  /// A stopped run that looks as if it had been on another processor.
  init() throws {
    place = try Workplace()
    try place.writeStripes(["training": "{epochs: 1000000, batch_size: 16}"])
    let command = try place.start("run stripes.yaml")
    let place = place
    #expect(
      command.wait {
        place.runs(of: "stripes").first.map { place.names(in: "\($0)/state").count == 3 } ?? false
      })
    command.send(SIGINT)
    try #require(try command.ending().code == 75)
    run = try #require(place.runs(of: "stripes").first)
    let machine = try #require(try place.json("\(run)/run.json")["machine"] as? [String: Any])
    cpu = try #require(machine["cpu"] as? String)
    try place.replace("\"\(cpu)\"", by: "\"Other CPU\"", in: "\(run)/run.json")
  }

  private func processors() throws -> [String?] {
    let resumptions = try place.json("\(run)/run.json")["resumptions"] as? [[String: Any]] ?? []
    return resumptions.map { ($0["processor"] as? [String: Any])?["cpu"] as? String }
  }

  @Test func `they are left for machines like theirs`() throws {
    let list = try place.exp("list").output
    #expect(list.contains("  waits for") && list.contains("interrupted  Other CPU, "), "\(list)")
    let resumed = try place.exp("resume latest")
    #expect(resumed.code == 66)
    #expect(
      resumed.error.contains("the processor was Other CPU, and is now \(cpu)\nhint: '--any-cpu' "))
    for (line, code) in [
      ("run stripes.yaml --missing", 0), ("run stripes.yaml --missing --jobs 2 --quiet", 0),
      ("run stripes.yaml --missing --dry-run", 0),
    ] {
      let ending = try place.exp(line)
      #expect(ending.code == code)
      #expect(
        ending.error.contains("left for another kind of machine: 1 of 1 run (Other CPU, "),
        "\(ending.error)")
      #expect(ending.error.contains("\nhint: '--any-cpu' goes on with them"))
    }
    #expect(place.runs(of: "stripes") == [run])
    #expect(try processors() == [])
    #expect(try place.exp("run stripes.yaml --any-cpu").code == 64)
  }

  @Test(arguments: [
    "resume latest", "run stripes.yaml --missing", "run stripes.yaml --missing --jobs 1",
  ])
  func `with any CPU they go on`(line: String) throws {
    let command = try place.start("\(line) --any-cpu")
    #expect(command.wait { (try? processors().count) == 1 })
    command.send(SIGINT)
    #expect(try command.ending().code == 75)
    #expect(place.runs(of: "stripes") == [run])
    #expect(try processors() == [cpu])
    let text = try place.exp("show latest").output
    #expect(text.contains("\nwent on     ") && text.contains("of no processor alone\n"), "\(text)")
    #expect(try !place.exp("list").output.contains("waits for"), "it is of this machine now")
  }
}
