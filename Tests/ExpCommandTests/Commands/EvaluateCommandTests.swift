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

  /// Writes `other.yaml`, with the run's test images, each called the next class.
  private func writeOtherData() throws {
    for name in Stripes.names { try place.write(place.bytes("data/\(name)"), to: "other/\(name)") }
    try place.write(
      Stripes.idx([30], (0..<30).map { UInt8(($0 + 1) % 3) }), to: "other/t10k-labels-idx1-ubyte")
    try place.write("data: {dataset: {type: idx, path: other}}\n", to: "other.yaml")
  }

  /// The classes that the run took the test images for, from the file that it wrote.
  private func predicted(by run: String) throws -> [Int] {
    try place.text("\(run)/predictions.csv").split(separator: "\n").dropFirst().compactMap {
      Int($0.split(separator: ",")[2])
    }
  }

  /// The part of the test images, each called the class after its own, that `run` takes for it.
  private func otherAccuracy(of run: String) throws -> Double {
    let predicted = try predicted(by: run)
    try #require(predicted.count == 30)
    return Double(predicted.indices.count { predicted[$0] == ($0 + 1) % 3 }) / 30
  }

  private func words(_ output: String) -> [[String]] {
    output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  }

  @Test func `runs are scored on other data, and compare shows it`() throws {
    // A run that learns next to nothing, for another score than the first.
    try place.writeStripes(["name": "poor", "optimizer": "{type: sgd, learning_rate: 1e-6}"])
    try #require(try place.exp("run stripes.yaml").code == 0)
    let poor = try #require(place.runs(of: "poor").first)
    try writeOtherData()
    let ending = try place.exp("evaluate stripes poor --data other.yaml --ensemble")
    #expect(ending.code == 0)
    #expect(ending.error == "")
    let lines = words(ending.output)
    #expect(lines[0].prefix(2) == ["run", "accuracy"])
    let expected = try [run, poor].map { String(format: "%.4f", try otherAccuracy(of: $0)) }
    #expect(Set(expected).count == 2)
    #expect(lines[1...2].map { [$0[0], $0[1]] } == [[run, expected[0]], [poor, expected[1]]])
    #expect(ending.output.contains("The mean of the probabilities of 2 runs\n"))
    #expect(
      ending.output.contains(
        "; its members have \(expected.min() ?? "") to \(expected.max() ?? "")\n"))
    let table = try place.exp("compare --evaluation other --metrics test_accuracy")
    #expect(table.code == 0)
    #expect(table.output.contains("test_…: scores on the images of the evaluation 'other'"))
    let rows = words(table.output)
    let column = try #require(rows[0].firstIndex(of: "test_accuracy"))
    for (name, accuracy) in zip(["stripes", "poor"], expected) {
      let row = try #require(rows.first { $0.first == name })
      #expect(row.filter { $0 != "*" }[column] == accuracy)
    }
    let unknown = try place.exp("compare --evaluation othe")
    #expect(unknown.code == 64)
    #expect(unknown.error.contains("no completed run has the evaluation 'othe'"))
  }

  @Test func `the same images with the run's own scaling have the recorded predictions`() throws {
    try place.write(
      "data: {dataset: {type: idx, path: data}, normalization: standard}\n", to: "same.yaml")
    let ending = try place.exp("evaluate stripes --data same.yaml")
    #expect(ending.code == 0)
    #expect(
      ending.error.hasPrefix(
        "same.yaml:1:57: warning: 'normalization' changes nothing: each network has its own\n"))
    let (evaluation, results) = (
      try place.text("\(run)/evaluations/same/predictions.csv"),
      try place.text("\(run)/predictions.csv")
    )
    #expect(evaluation == results)
  }

  @Test func `runs with their classes in another order are two specs, and tested all the same`()
    throws
  {
    func data(_ names: String) -> String {
      "{dataset: {type: idx, path: data, class_names: \(names)}, validation: 24}"
    }
    for names in ["[x, y, z]", "[z, y, x]"] {
      try place.writeStripes(["name": "named", "data": data(names)])
      try #require(try place.exp("run stripes.yaml --output-dir named").code == 0)
    }
    try place.write(
      "data: {dataset: {type: idx, path: data, class_names: [x, y, z]}}\n", to: "same.yaml")
    let ending = try place.exp("evaluate named --data same.yaml --output-dir named")
    #expect(ending.code == 0)
    // All three networks are one: what the second calls x is what the first calls z.
    let predicted = try predicted(by: run)
    let first = predicted.enumerated().map { $0.element == $0.offset % 3 }
    let second = predicted.enumerated().map { 2 - $0.element == $0.offset % 3 }
    let (onlyFirst, onlySecond) = (
      zip(first, second).count { $0 && !$1 }, zip(first, second).count { !$0 && $1 }
    )
    #expect(onlyFirst > 0)
    #expect(words(ending.output)[2].dropLast().suffix(2) == ["\(onlySecond)", "\(onlyFirst)"])
    let table = try place.exp("compare --evaluation same --output-dir named")
    #expect(table.code == 0)
    let rows = words(table.output).filter { $0.first == "named" }
    #expect(rows.count == 2)
    #expect(rows.allSatisfy { $0.contains("1/1") })
  }

  @Test func `scores of weights that a run has no longer are left out`() throws {
    try #require(try place.exp("run stripes.yaml --seed 1").code == 0)
    let other = place.runs(of: "stripes")[1]
    try writeOtherData()
    try #require(try place.exp("evaluate stripes --data other.yaml").code == 0)
    try place.write(place.bytes("\(other)/weights.safetensors"), to: "\(run)/weights.safetensors")
    let table = try place.exp("compare --evaluation other")
    #expect(table.code == 0)
    #expect(try #require(words(table.output).first { $0.first == "stripes" }).contains("1/1"))
    #expect(
      table.output.replacing("\n", with: " ").contains(
        "evaluated with other weights than it has now, left out: \(run); "))
  }

  @Test func `a damaged evaluation ends compare as a damaged run does`() throws {
    try writeOtherData()
    try #require(try place.exp("evaluate stripes --data other.yaml").code == 0)
    try place.write("{", to: "\(run)/evaluations/other/evaluation.json")
    let table = try place.exp("compare --evaluation other")
    #expect(table.code == 66)
    #expect(
      table.output.contains("unreadable, not counted: \(run): evaluation.json is damaged: "))
  }

  @Test func `a name that means other weights is refused`() throws {
    try place.write("data: {dataset: {type: idx, path: data}}\n", to: "scans-last.yaml")
    let ending = try place.exp("evaluate stripes --data scans-last.yaml")
    #expect(ending.code == 64)
    #expect(ending.error.hasPrefix("error: 'scans-last.yaml' names the evaluation, and '-last'"))
    #expect(!place.exists("\(run)/evaluations"))
    try place.write("data: {dataset: {type: idx, path: data}}\n", to: "scans.yaml")
    // The last weights are the best here.
    #expect(try place.exp("evaluate stripes --data scans.yaml --weights last").code == 0)
    #expect(place.names(in: "\(run)/evaluations") == ["scans-last"])
  }

  @Test func `without runs no data is read`() throws {
    try place.write("data: {dataset: {type: idx, path: nowhere}}\n", to: "lost.yaml")
    try place.write("{}", to: "\(run)/run.json")
    let ending = try place.exp("evaluate runs --data lost.yaml")
    #expect(ending.code == 66)
    #expect(ending.error.hasPrefix("error: \(run): run.json is damaged: "))
    #expect(!ending.error.contains("nowhere"))
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

  @Test func `compare says where the images of an evaluation differ`() throws {
    #expect(try place.exp("run stripes.yaml --seed 1").code == 0)
    try place.write("data: {dataset: {type: idx, path: data}}\n", to: "same.yaml")
    #expect(try place.exp("evaluate stripes --data same.yaml").code == 0)
    let note = "not all runs were scored on the same images"
    #expect(try !place.exp("compare --evaluation same").output.contains(note))
    var images = try place.bytes("data/t10k-images-idx3-ubyte")
    images[16] ^= 1
    try place.write(images, to: "data/t10k-images-idx3-ubyte")
    #expect(try place.exp("evaluate \(run) --data same.yaml").code == 0)
    #expect(try place.exp("compare --evaluation same").output.contains(note))
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
