import Foundation
import Testing

@Suite struct VerifyCommandTests {
  private let place: Workplace
  private let run: String

  init() throws {
    place = try Workplace()
    try place.writeStripes(["name": "stripes"])
    try #require(try place.exp("run stripes.yaml").code == 0)
    run = try #require(place.runs(of: "stripes").first)
    try place.write("", to: "temporary/keep")
  }

  /// Runs `exp verify`, whose temporary folders are in `temporary`.
  private func verify(_ line: String) throws -> Ending {
    try place.exp("verify \(line)", environment: ["TMPDIR": "\(place.path)/temporary"])
  }

  private var leftovers: [String] { place.names(in: "temporary").filter { $0 != "keep" } }

  @Test(arguments: ["--threads 1", "--threads 3"])
  func anUntouchedRunRepeats(threads: String) throws {
    let ending = try verify("latest \(threads)")
    #expect(ending.code == 0)
    // 72 training images are 5 steps an epoch.
    #expect(
      ending.output
        == "\(run) repeats to the bit: 15 steps, 3 epochs of history, weights, 30 predictions, scores\n"
    )
    #expect(ending.error.contains("\nrepeating \(run)\nepoch  seconds"))
    #expect(leftovers == [])
    #expect(place.runs(of: "stripes") == [run])
  }

  @Test func theQuickWayComparesOneEpoch() throws {
    let ending = try verify("latest --quick --quiet")
    #expect(ending.code == 0)
    #expect(ending.output == "\(run) repeats to the bit: 5 steps, 1 epoch of history\n")
    #expect(ending.error == "")
    #expect(leftovers == [])
  }

  @Test func aDifferenceIsNamedAndTheRepetitionKept() throws {
    let text = try place.text("\(run)/trace.csv")
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("2,4,loss,") })
    let loss = line.dropFirst("2,4,loss,".count)
    try place.replace("\(line)\n", by: "2,4,loss,0.5\n", in: "\(run)/trace.csv")
    let ending = try verify("\(run) --quiet")
    #expect(ending.code == 1)
    #expect(ending.error == "")
    let folder = try #require(leftovers.first)
    let kept = try #require(place.runs(of: "stripes", in: "temporary/\(folder)").first)
    #expect(
      ending.output == """
        \(run) does not repeat
          trace.csv: epoch 2, step 4: the loss is \(loss), recorded as 0.5; no parameter differs later
          the same: 3 epochs of history, weights, 30 predictions, scores
          the repetition: \(place.path)/\(kept)

        """)
    #expect(try place.text("\(kept)/trace.csv") == text)
  }

  /// That something differs is what a script asks for.
  @Test func aDifferenceCountsMoreThanARunThatCannotBeRead() throws {
    #expect(try place.exp("run stripes.yaml").code == 0)
    let damaged = try #require(place.runs(of: "stripes").last)
    try place.write("{", to: "\(damaged)/run.json")
    try place.write("epoch,step,name,value\n1,1,loss,0.5\n", to: "\(run)/trace.csv")
    let ending = try verify("runs --quiet --quick")
    #expect(ending.code == 1)
    #expect(ending.error.contains("run.json is damaged"))
    #expect(ending.output.hasPrefix("\(run) does not repeat\n"))
  }

  @Test func anotherProcessorIsSaid() throws {
    let version = try #require(try place.json("\(run)/run.json")["exp_version"] as? String)
    try place.replace(
      #""exp_version": "\#(version)""#, by: #""exp_version": "0.0.1""#, in: "\(run)/run.json")
    let ending = try verify("latest")
    #expect(ending.code == 0)
    #expect(ending.output.hasSuffix(", scores, although exp was 0.0.1, and is now \(version)\n"))
  }

  @Test func changedDataCannotBeCompared() throws {
    var images = try place.bytes("data/train-images-idx3-ubyte")
    images[20] ^= 1
    try place.write(images, to: "data/train-images-idx3-ubyte")
    let ending = try verify("latest")
    #expect(ending.code == 66)
    #expect(
      ending.error
        == "error: cannot verify \(run): the data has changed: the training images\n")
    #expect(leftovers == [])
  }

  @Test func aRunWithoutResultsDoesNotStopTheOthers() throws {
    try place.writeStripes([
      "name": "a-diverged", "optimizer": "{type: sgd, learning_rate: 1e30}",
    ])
    #expect(try place.exp("run stripes.yaml").code == 1)
    let diverged = try #require(place.runs(of: "a-diverged").first)
    let ending = try verify("runs --quick")
    #expect(ending.code == 0)
    #expect(ending.error.contains("skipped: \(diverged) is diverged\n"))
    let named = try verify("\(run) \(diverged) --quick --quiet")
    #expect(named.code == 66, "it was asked for by itself")
    #expect(named.error == "error: cannot verify \(diverged): it is diverged\n")
    #expect(named.output.hasPrefix("\(run) repeats to the bit"))
  }

  @Test func aFolderThatCannotBeMadeIsNamed() throws {
    let ending = try place.exp("verify latest -q", environment: ["TMPDIR": "\(place.path)/none"])
    #expect(ending.code == 74)
    #expect(
      ending.error
        == "error: cannot create '\(place.path)/none/exp-XXXXXX': No such file or directory\n")
  }

  @Test func anInterruptionLeavesNothing() throws {
    // The run completes, and its repetition takes as long, however fast the machine. Epochs are long: what saving them
    // takes does not count against the limit.
    try place.writeStripes([
      "name": "long",
      "data": "{dataset: {type: synthetic_digits, training: 4000, test: 30}, validation: 24}",
      "model": "{layers: [flatten, {type: dense, units: 10, activation: softmax}]}",
      "training": "{epochs: 1000000, batch_size: 1}",
      "callbacks": "[{type: time_limit, seconds: 2}]",
    ])
    try #require(try place.exp("run stripes.yaml").code == 0)
    let command = try Command(
      ["verify", "long", "--quiet"], in: place.path,
      environment: ["TMPDIR": "\(place.path)/temporary"])
    #expect(command.wait { !leftovers.isEmpty })
    command.send(SIGINT)
    let ending = try command.ending()
    #expect(ending.code == 75)
    #expect(ending.output == "")
    #expect(leftovers == [])
  }
}
