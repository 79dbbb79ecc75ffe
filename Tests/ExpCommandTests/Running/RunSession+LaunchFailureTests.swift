import Foundation
import TemporaryFolders
import Testing

/// What a launch ends with where not all has been done.
@Suite struct RunSessionLaunchFailureTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.writeStripes(["seeds": "0-2"])
  }

  /// Submits `stripes.yaml` to `slurm`, whose tasks do not start as long as there is a file `slurm/hold`; returns the
  /// command, which watches.
  private func submit(to slurm: FakeSlurm) throws -> Command {
    try place.write("", to: "slurm/hold")
    let command = try place.start(
      "run stripes.yaml --launcher slurm", environment: slurm.environment)
    #expect(
      command.wait {
        guard let id = place.names(in: "runs/.launches").first else { return false }
        return (try? place.json("runs/.launches/\(id)/launch.json"))?["job"] is [String: Any]
      })
    return command
  }

  /// Lets the tasks start.
  private func start() throws {
    try FileManager.default.removeItem(atPath: "\(place.path)/slurm/hold")
  }

  private let next = "next: the same 'exp run --launcher', which does what is left\n"

  @Test func `where workers cannot begin, the command ends as they do`() throws {
    let slurm = try FakeSlurm(place)
    let command = try submit(to: slurm)
    try place.write(
      Stripes.idx([30], Array(repeating: 0, count: 30)), to: "data/t10k-labels-idx1-ubyte")
    try start()
    let ending = try command.ending()
    #expect(ending.code == 66)
    #expect(
      ending.error.contains(
        "worker 0 on n1 ended, failed with exit code 66: error: the data or the initial weights of 'stripes' are not"
      ), "\(ending.error)")
    #expect(
      ending.error.contains("error: workers ended, with exit code 66, before all was done\nhint: "))
    #expect(ending.error.hasSuffix("not run: 3 of 3 runs\n" + next), "\(ending.error)")
    #expect(place.runs(of: "stripes") == [])
  }

  @Test func `initial weights that have changed since are refused by workers and by who attaches`()
    throws
  {
    for seed in 8...9 {
      let ending = try place.exp("run stripes.yaml --seed \(seed) --output-dir first")
      try #require(ending.code == 0, "\(ending.error)")
    }
    let sources = place.runs(of: "stripes", in: "first")
    let weights = try sources.map { try place.bytes("\($0)/weights.safetensors") }
    try #require(weights.count == 2 && weights[0] != weights[1])
    try place.write(weights[0], to: "initial.safetensors")
    let model = "{weights: initial.safetensors, layers: [{type: conv2d, filters: 4, "
    try place.write(
      Stripes.spec(["seeds": "0-2"]).replacing(
        "{layers: [{type: conv2d, filters: 4, ", with: model), to: "stripes.yaml")
    let slurm = try FakeSlurm(place)
    let command = try submit(to: slurm)
    try place.write(weights[1], to: "initial.safetensors")
    try start()
    let ending = try command.ending()
    #expect(ending.code == 66, "\(ending.error)")
    #expect(place.runs(of: "stripes") == [])
    let attached = try place.exp("attach", environment: slurm.environment)
    #expect(attached.code == 66)
    #expect(
      attached.error.hasPrefix(
        "error: the data or the initial weights of 'stripes' are not those that it was submitted"))

    // With the weights that it was submitted with, all goes on.
    try place.write(weights[0], to: "initial.safetensors")
    #expect(try place.exp("run stripes.yaml --missing").code == 0)
    #expect(place.runs(of: "stripes").count == 3)
  }

  @Test func `a launch that is cancelled before it has begun can be repeated`() throws {
    let slurm = try FakeSlurm(place)
    let command = try submit(to: slurm)
    // The tasks have not failed at any time between.
    try place.write("", to: "slurm/cancelled")
    for worker in 0..<3 { try place.write("15\n", to: "slurm/\(worker).exit") }
    let ending = try command.ending()
    #expect(ending.code == 75)
    #expect(ending.error.hasSuffix("not run: 3 of 3 runs\n" + next), "\(ending.error)")
  }
}
