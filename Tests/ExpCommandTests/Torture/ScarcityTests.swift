import Foundation
import Testing

/// The system gives a process fewer threads, open files, or bytes than it asks for.
@Suite struct ScarcityTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.writeStripes(["seeds": "0-1"])
  }

  /// The environment in which a command gets `count` threads beside its first.
  private func threads(_ count: Int) throws -> [String: String] {
    ["LD_PRELOAD": try Command.faultInjection(), "FAULT_THREADS": "\(count)"]
  }

  @Test(arguments: [2, 3])
  func `training without its threads is an error that names the way out`(count: Int) throws {
    // One of them renews the run's lease.
    let ending = try place.exp(
      "run stripes.yaml --threads \(count)", environment: threads(count - 1))
    #expect(ending.code == 1)
    #expect(
      ending.error.contains(
        """
        could not start thread \(count) of \(count) for the network: Resource temporarily unavailable
        """))
    #expect(ending.error.contains("hint: '--threads \(count - 1)' needs no more"))
    let run = try #require(place.runs(of: "stripes").first)
    #expect(try place.json("\(run)/run.json")["status"] as? String == "failed")
  }

  @Test func `training on one thread needs no second one`() throws {
    #expect(try place.exp("run stripes.yaml --threads 1", environment: threads(0)).code == 0)
  }

  @Test func `runs are read without a second thread`() throws {
    #expect(try place.exp("run stripes.yaml").code == 0)
    for command in ["compare", "list", "diff latest seed-0"] {
      let usual = try place.exp(command)
      let ending = try place.exp(command, environment: threads(0))
      #expect(ending.code == usual.code)
      #expect(ending.output == usual.output)
    }
  }

  @Test(arguments: ["list", "compare", "show latest", "check stripes.yaml"])
  func `with few open files a command says the same, or that it cannot`(command: String) throws {
    #expect(try place.exp("run stripes.yaml").code == 0)
    let usual = try place.exp(command)
    #expect(usual.code == 0)
    for limit in 4...7 {
      let ending = try place.exp(command, after: "ulimit -n \(limit)")
      if ending.code == 0 {
        #expect(ending.output == usual.output, "\(limit) files")
      } else {
        #expect(ending.code == 66, "\(limit) files: \(ending.error)")
        #expect((ending.output + ending.error).contains("Too many open files"))
      }
    }
  }

  @Test(arguments: ["list", "compare", "report", "show latest", "diff latest latest"])
  func `a command that could not read its runs does not end with 0`(command: String) throws {
    #expect(try place.exp("run stripes.yaml").code == 0)
    for run in place.runs(of: "stripes") {
      // As root may open every file, what is there is none.
      let file = "\(place.path)/\(run)/run.json"
      try FileManager.default.removeItem(atPath: file)
      try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: false)
    }
    let ending = try place.exp(command)
    #expect(ending.code == 66)
    #expect((ending.output + ending.error).contains("cannot read 'run.json': Is a directory"))
  }

  @Test func `a network for which there is no memory is an error`() throws {
    try place.writeStripes([
      "model":
        "{layers: [flatten, {type: dense, units: 20000}, {type: dense, units: 20000}, "
        + "{type: dense, units: 3, activation: softmax}]}"
    ])
    let ending = try place.exp("run stripes.yaml --threads 1", after: "ulimit -v 2000000")
    #expect(ending.code == 1)
    #expect(ending.error.contains(": out of memory"), "\(ending.error)")
  }

  @Test func `data for which there is no memory is an error`() throws {
    try place.write(
      Stripes.spec([
        "data": "{dataset: {type: synthetic_digits, training: 1000000, test: 100, size: 64}}",
        "model": "{layers: [flatten, {type: dense, units: 10, activation: softmax}]}",
      ]), to: "large.yaml")
    let ending = try place.exp("run large.yaml --threads 1", after: "ulimit -v 2000000")
    #expect(ending.code == 1)
    #expect(
      ending.error.contains("synthetic_digits: error: no memory for its 4.1 GB of images"),
      "\(ending.error)")
  }
}
