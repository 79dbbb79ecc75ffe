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
    #expect(ending.output.contains("\nscore                      now  recorded\nval_loss "))
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

  // MARK: other data

  @Test func `runs are scored on other data, and compare shows it`() throws {
    #expect(try place.exp("run stripes.yaml --seed 1").code == 0)
    try place.write(
      "data: {dataset: {type: idx, path: data}, validation: 3, normalization: standard}\n",
      to: "same.yaml")
    let ending = try place.exp("evaluate stripes --data same.yaml --ensemble")
    #expect(ending.code == 0)
    #expect(ending.error == "")
    let lines = ending.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0].hasPrefix("run "))
    #expect(lines[1].hasPrefix(run))
    #expect(ending.output.contains("The mean of the probabilities of 2 runs\n"))
    #expect(ending.output.contains("; its members have "))
    // The same images with the run's own scaling: the scores are those that were recorded.
    let (evaluation, results) = (
      try place.text("\(run)/evaluations/same/predictions.csv"),
      try place.text("\(run)/predictions.csv")
    )
    #expect(evaluation == results)
    let table = try place.exp("compare --evaluation same")
    #expect(table.code == 0)
    #expect(table.output.contains("test_…: scores on the images of the evaluation 'same'"))
    let other = try place.exp("compare --evaluation sam")
    #expect(other.code == 64)
    #expect(other.error.contains("no run has the evaluation 'sam'"))
  }

  @Test func `changed predictions on other data disagree`() throws {
    try place.write("data: {dataset: {type: idx, path: data}}\n", to: "same.yaml")
    #expect(try place.exp("evaluate \(run) --data same.yaml").code == 0)
    let file = "\(run)/evaluations/same/evaluation.json"
    let (text, matrix) = (try place.text(file), /"confusion_matrix": (?s:.*)/)
    let counts = try #require(text.firstMatch(of: matrix)?.output)
    let digit = try #require(counts.firstMatch(of: /[1-9]/)?.output)
    try place.write(
      text.replacing(counts, with: counts.replacing(digit, with: "0", maxReplacements: 1)), to: file
    )
    let ending = try place.exp("evaluate \(run)")
    #expect(ending.code == 1)
    #expect(ending.output.contains("the record disagrees: evaluations/same: "))
  }

  @Test func `data that do not fit are an error with a way out`() throws {
    try place.write(
      "data: {dataset: {type: synthetic_digits, training: 20, test: 10, size: 16}}\n",
      to: "digits.yaml")
    let ending = try place.exp("evaluate \(run) --data digits.yaml")
    #expect(ending.code == 66)
    #expect(ending.error.contains("its images are 16×16×1, but the network takes 8×8×1\n"))
    try place.write("model: {layers: [flatten]}\n", to: "model.yaml")
    let without = try place.exp("evaluate \(run) --data model.yaml")
    #expect(without.code == 65)
    #expect(without.error.contains("it has no section 'data'"))
  }

  @Test func `runs without weights are skipped, but not from an ensemble`() throws {
    try place.writeStripes(["name": "a-diverged", "optimizer": "{type: sgd, learning_rate: 1e30}"])
    #expect(try place.exp("run stripes.yaml").code == 1)
    let diverged = try #require(place.runs(of: "a-diverged").first)
    try place.write("data: {dataset: {type: idx, path: data}}\n", to: "same.yaml")
    let reason =
      "'\(diverged)' has no weights: they are saved when training ends, or by "
      + "'model_checkpoint' before\n"
    let all = try place.exp("evaluate runs --data same.yaml")
    #expect(all.code == 0)
    #expect(all.error == "skipped: " + reason)
    #expect(all.output.hasPrefix("\(run) on "))
    for arguments in ["runs --ensemble", diverged] {
      let ending = try place.exp("evaluate \(arguments) --data same.yaml")
      #expect(ending.code == 66)
      #expect(ending.error == "error: " + reason)
      #expect(ending.output == "")
    }
  }

  @Test func `of runs that cannot be read there is no mean`() throws {
    try place.write("data: {dataset: {type: idx, path: data}}\n", to: "same.yaml")
    try place.write("{}", to: "\(run)/run.json")
    let ending = try place.exp("evaluate runs --data same.yaml --ensemble")
    #expect(ending.code == 66)
    #expect(ending.error.hasPrefix("error: \(run): run.json is damaged: "))
    #expect(ending.output == "")
  }

  @Test(arguments: ["--ensemble", "--weights last"])
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
