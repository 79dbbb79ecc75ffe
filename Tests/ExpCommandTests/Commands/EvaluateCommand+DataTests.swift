import Foundation
import Testing

/// `exp evaluate RUN… --data FILE`
@Suite struct EvaluateCommandDataTests {
  private let place: Workplace
  private let run: String

  init() throws {
    place = try Workplace()
    try place.writeStripes(["name": "stripes"])
    try #require(try place.exp("run stripes.yaml").code == 0)
    run = try #require(place.runs(of: "stripes").first)
  }

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
    #expect(ending.output.contains(" (\(expected.min() ?? "") to \(expected.max() ?? ""))\n"))
    let table = try place.exp("compare --evaluation other --metrics test_accuracy")
    #expect(table.code == 0)
    #expect(table.output.contains("test_…: scores on the images of the evaluation 'other'"))
    #expect(table.output.contains("ensemble of 2 runs of poor, stripes: accuracy 0."))
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
    #expect(
      ending.error.hasPrefix(
        "digits.yaml:1:17: error: its images are 16×16×1, but the network of \(run) takes 8×8×1\n"))
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
    #expect(try place.exp("evaluate \(run) --data same.yaml --force").code == 0)
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

  @Test func `an evaluation of other images is replaced by '--force' alone`() throws {
    try writeOtherData()
    try #require(try place.exp("evaluate stripes --data other.yaml").code == 0)
    let file = "\(run)/evaluations/other/evaluation.json"
    let before = try place.bytes(file)
    // The same images again, from another place.
    try place.write("data: {dataset: {type: idx, path: other}, limit: 5}\n", to: "again/other.yaml")
    for name in Stripes.names {
      try place.write(place.bytes("other/\(name)"), to: "again/other/\(name)")
    }
    #expect(try place.exp("evaluate stripes --data again/other.yaml").code == 0)
    #expect(try place.bytes(file) == before)
    try place.write("data: {dataset: {type: idx, path: data}}\n", to: "other.yaml")
    let refused = try place.exp("evaluate stripes --data other.yaml")
    #expect(refused.code == 74)
    #expect(
      refused.error == """
        error: '\(run)/evaluations/other' has the scores on other images
        hint: '--force' replaces it; a YAML file of another name makes an evaluation of its own

        """)
    #expect(refused.output == "")
    #expect(try place.bytes(file) == before)
    #expect(try place.exp("evaluate stripes --data other.yaml --force").code == 0)
    #expect(try place.bytes(file) != before)
    // What cannot be read may be anything.
    try place.write("{", to: file)
    let damaged = try place.exp("evaluate stripes --data other.yaml")
    #expect(damaged.code == 74)
    #expect(
      damaged.error.contains(
        "has scores that cannot be read (evaluation.json is damaged: it is not complete JSON)\n"))
    #expect(try place.exp("evaluate stripes --data other.yaml --force").code == 0)
  }

  @Test func `a damaged run is named, and the others are scored`() throws {
    try #require(try place.exp("run stripes.yaml --seeds 1-2").code == 0)
    let runs = place.runs(of: "stripes")
    try #require(runs.count == 3)
    try place.write([1, 2, 3], to: "\(runs[0])/weights.safetensors")
    try place.write("{}", to: "\(runs[1])/run.json")
    try place.write("data: {dataset: {type: idx, path: data}}\n", to: "same.yaml")
    let ending = try place.exp("evaluate stripes --data same.yaml")
    #expect(ending.code == 66)
    #expect(ending.error.contains("error: \(runs[1]): run.json is damaged: "))
    #expect(ending.error.contains("error: '\(runs[0])/weights.safetensors' is damaged: "))
    #expect(ending.output.hasPrefix("\(runs[2]) on 30 images of same\n"))
    #expect(place.exists("\(runs[2])/evaluations/same/evaluation.json"))
    #expect(!place.exists("\(runs[0])/evaluations"))
  }

  @Test func `what is recorded of an ensemble is what is printed`() throws {
    try #require(try place.exp("run stripes.yaml --seed 1").code == 0)
    try writeOtherData()
    let ending = try place.exp("evaluate stripes --data other.yaml --ensemble")
    #expect(ending.code == 0)
    let runs = place.runs(of: "stripes")
    let texts = try runs.map { try place.text("\($0)/evaluations/other/ensemble.json") }
    #expect(texts[0] == texts[1])
    let record = try place.json("\(runs[0])/evaluations/other/ensemble.json")
    let members = try #require(record["members"] as? [[String: Any]])
    #expect(members.compactMap { $0["run"] as? String } == runs.map { String($0.dropFirst(5)) })
    let scores = try #require(record["scores"] as? [String: Any])
    let accuracy = try #require(scores["accuracy"] as? Double)
    #expect(ending.output.contains("\naccuracy \(String(format: "%.4f", accuracy)), its members "))
    let test = try #require(record["mcnemar"] as? [String: Any])
    let (own, others) = (
      try #require(test["only_this_right"] as? Int), try #require(test["only_other_right"] as? Int)
    )
    #expect(
      ending.output.contains(
        "McNemar's test against \(runs[0].dropFirst(5)): only the ensemble right \(own), "
          + "only it right \(others), p "))
    #expect(
      try place.text("\(runs[1])/evaluations/other/ensemble.txt").hasPrefix(
        "The mean of the probabilities of\n  \(runs[0].dropFirst(5))\n  \(runs[1].dropFirst(5))\n\n"
      ))
    // It is damage if it is not of what the run's evaluation has.
    try place.write(
      texts[0].replacing("\"count\": 30", with: "\"count\": 29"),
      to: "\(runs[0])/evaluations/other/ensemble.json")
    let table = try place.exp("compare --evaluation other")
    #expect(table.code == 66)
    #expect(
      table.output.replacing("\n ", with: "").contains(
        "unreadable, not counted: \(runs[0]): ensemble.json is damaged: "))
  }

  @Test func `a test set alone, of one class, is scored`() throws {
    let images = try place.bytes("data/t10k-images-idx3-ubyte").dropFirst(16)
    // Every third image is of class 1.
    let ones = stride(from: 1, to: 30, by: 3).flatMap { images.dropFirst($0 * 64).prefix(64) }
    try place.write(Stripes.idx([10, 8, 8], ones), to: "ones/scans")
    try place.write(Stripes.idx([10], [UInt8](repeating: 1, count: 10)), to: "ones/classes")
    try place.write("data: {dataset: {type: idx, path: ones}}\n", to: "ones.yaml")
    let ending = try place.exp("evaluate \(run) --data ones.yaml")
    #expect(ending.code == 0)
    #expect(ending.error == "note: the whole dataset is scored, 10 images\n")
    let before = try predicted(by: run)
    let right = stride(from: 1, to: 30, by: 3).count { before[$0] == 1 }
    #expect(try predicted(by: "\(run)/evaluations/ones").count { $0 == 1 } == right)
  }
}
