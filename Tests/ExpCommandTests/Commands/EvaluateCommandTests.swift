import Foundation
import Testing

@Suite struct EvaluateCommandTests {
  private let place: Workplace
  private let run: String

  init() throws {
    place = try Workplace()
    try place.writeStripes(["name": "stripes"])
    try #require(try place.exp("run stripes.yaml").code == 0)
    run = try #require(place.runs(of: "stripes").first)
  }

  @Test(arguments: ["latest", "runs", "seed-0", "stripes/2"])
  func anUntouchedRecordAgrees(argument: String) throws {
    let ending = try place.exp("evaluate \(argument)")
    #expect(ending.code == 0)
    #expect(ending.error == "")
    #expect(ending.output.hasPrefix("\(run)\n\n              precision    recall"))
    #expect(ending.output.rowsOfWords.contains(["score", "now", "recorded"]))
    #expect(ending.output.contains("\nval_loss  "))
    #expect(
      ending.output.hasSuffix("\nthe record agrees; probabilities differ by at most 0.0\n"))
  }

  @Test func itFindsTheDataFromAnywhere() throws {
    let elsewhere = try Workplace()
    let ending = try elsewhere.exp("evaluate \(place.path)/\(run)")
    #expect(ending.code == 0)
  }

  @Test func aRunWithAnotherLaneSizeAgrees() throws {
    try place.writeStripes(["training": "{epochs: 2, batch_size: 16, lane_size: 5}"])
    #expect(try place.exp("run stripes.yaml --output-dir lanes").code == 0)
    #expect(try place.exp("evaluate latest --output-dir lanes --threads 3").code == 0)
  }

  @Test func changedResultsDisagree() throws {
    let text = try place.text("\(run)/results.json")
    // As it is written: Foundation's reader may miss the last bit.
    let loss = try #require(text.matches(of: /"loss": ([^,\s]+)/).last?.output.1)
    try place.write(
      text.replacing(#""loss": \#(loss)"#, with: #""loss": 0.125"#),
      to: "\(run)/results.json")
    let ending = try place.exp("evaluate latest")
    #expect(ending.code == 1)
    #expect(
      ending.output.contains(
        "the record disagrees: test_loss is \(loss), recorded as 0.125\n"))
  }

  @Test func weightsOfAnotherRunDisagree() throws {
    #expect(try place.exp("run stripes.yaml --seed 1 --output-dir other").code == 0)
    let other = try #require(place.runs(of: "stripes", in: "other").first)
    try place.write(
      try place.bytes("\(other)/weights.safetensors"), to: "\(run)/weights.safetensors")
    let ending = try place.exp("evaluate \(run)")
    #expect(ending.code == 1)
    #expect(ending.output.contains("the record disagrees: test_loss is "))
    #expect(ending.output.contains("probabilities differ from predictions.csv by up to 0."))
  }

  @Test func changedDataDisagree() throws {
    var images = try place.bytes("data/t10k-images-idx3-ubyte")
    images.replaceSubrange(16..<80, with: repeatElement(255, count: 64))
    try place.write(images, to: "data/t10k-images-idx3-ubyte")
    let ending = try place.exp("evaluate \(run)")
    #expect(ending.code == 1)
    #expect(
      ending.output.contains(
        "the record disagrees: the data has changed: the test images\n"))
  }

  @Test func aChangedSpecDisagrees() throws {
    try place.replace("learning_rate: 0.01", by: "learning_rate: 0.02", in: "\(run)/resolved.yaml")
    let ending = try place.exp("evaluate \(run)")
    #expect(ending.code == 1)
    #expect(ending.output.contains("resolved.yaml is not what the run used: its hash is now "))
  }

  @Test(arguments: [
    ("weights.safetensors", 100), ("results.json", 40), ("run.json", 40), ("predictions.csv", 60),
  ])
  func damagedFilesAreNamed(file: String, length: Int) throws {
    try place.write(Array(try place.bytes("\(run)/\(file)").prefix(length)), to: "\(run)/\(file)")
    let ending = try place.exp("evaluate \(run)")
    #expect(ending.code == 66)
    #expect(ending.error.contains(file))
    #expect(ending.error.contains("error: "))
    #expect(ending.output == "")
  }

  @Test func aMissingFileIsNamed() throws {
    try FileManager.default.removeItem(atPath: "\(place.path)/data/t10k-labels-idx1-ubyte")
    let ending = try place.exp("evaluate \(run)")
    #expect(ending.code == 66)
    #expect(ending.error.contains("t10k-labels-idx1-ubyte"))
    #expect(ending.output == "")
  }

  @Test func truncatedDataAreNamed() throws {
    try place.write(
      Array(try place.bytes("data/t10k-labels-idx1-ubyte").prefix(20)),
      to: "data/t10k-labels-idx1-ubyte")
    let ending = try place.exp("evaluate \(run)")
    #expect(ending.code == 66)
    #expect(ending.error.contains("t10k-labels-idx1-ubyte: error: cut short: "))
  }

  @Test(arguments: ["--ensemble", "--weights last", "--force"])
  func `what is about other data needs them`(option: String) throws {
    let ending = try place.exp("evaluate latest \(option)")
    #expect(ending.code == 64)
    #expect(ending.error.contains("--data FILE"))
  }

  @Test func onlyCompletedRunsHaveResults() throws {
    try place.writeStripes(["optimizer": "{type: sgd, learning_rate: 1e30}"])
    _ = try place.exp("run stripes.yaml --output-dir diverged")
    let ending = try place.exp("evaluate latest --output-dir diverged")
    #expect(ending.code == 66)
    #expect(ending.error.hasSuffix("is diverged: it has no results\n"))
  }

  @Test func anUnfinishedRunDoesNotStopTheOthers() throws {
    try place.writeStripes([
      "name": "a-diverged", "optimizer": "{type: sgd, learning_rate: 1e30}",
    ])
    #expect(try place.exp("run stripes.yaml --output-dir mixed").code == 1)
    try place.writeStripes(["name": "later"])
    #expect(try place.exp("run stripes.yaml --output-dir mixed").code == 0)
    let ending = try place.exp("evaluate mixed")
    #expect(ending.code == 0)
    let diverged = try #require(place.runs(of: "a-diverged", in: "mixed").first)
    #expect(ending.error == "skipped: \(diverged) is diverged: it has no results\n")
    #expect(ending.output.contains("\nthe record agrees; "))
    let named = try place.exp("evaluate mixed/later \(diverged)")
    #expect(named.code == 66, "it was asked for by itself")
    #expect(named.error == "error: \(diverged) is diverged: it has no results\n")
  }
}
