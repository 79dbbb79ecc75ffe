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

  /// The part of the test images, each called the class after its own, that `run` takes for it.
  private func otherAccuracy(of run: String) throws -> Double {
    let predicted = try place.predicted(by: run)
    try #require(predicted.count == 30)
    return Double(predicted.indices.count { predicted[$0] == ($0 + 1) % 3 }) / 30
  }

  @Test func `runs are scored on other data, and compare shows it`() throws {
    // A run that learns next to nothing, for another score than the first.
    try place.writeStripes(["name": "poor", "optimizer": "{type: sgd, learning_rate: 1e-6}"])
    try #require(try place.exp("run stripes.yaml").code == 0)
    let poor = try #require(place.runs(of: "poor").first)
    try place.writeOtherData()
    let ending = try place.exp("evaluate stripes poor --data other.yaml --ensemble")
    #expect(ending.code == 0)
    #expect(ending.error == "")
    let lines = ending.output.rowsOfWords
    #expect(lines[0].prefix(2) == ["run", "accuracy"])
    let expected = try [run, poor].map { String(format: "%.4f", try otherAccuracy(of: $0)) }
    #expect(Set(expected).count == 2)
    #expect(lines[1...2].map { [$0[0], $0[1]] } == [[run, expected[0]], [poor, expected[1]]])
    #expect(ending.output.contains("The mean of the probabilities of 2 runs\n"))
    #expect(ending.output.contains(" (\(expected.min() ?? "") to \(expected.max() ?? ""))\n"))
    let table = try place.exp("compare --evaluation other --metrics test_accuracy")
    #expect(table.code == 0)
    #expect(table.output.contains("test_…: scores on the images of the evaluation 'other'"))
    #expect(
      table.output.replacing("\n", with: " ")
        .contains("ensemble of 2 runs (stripes seed-0, poor seed-0): accuracy 0."))
    let rows = table.output.rowsOfWords
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
    let predicted = try place.predicted(by: run)
    let first = predicted.enumerated().map { $0.element == $0.offset % 3 }
    let second = predicted.enumerated().map { 2 - $0.element == $0.offset % 3 }
    let (onlyFirst, onlySecond) = (
      zip(first, second).count { $0 && !$1 }, zip(first, second).count { !$0 && $1 }
    )
    #expect(onlyFirst > 0)
    #expect(ending.output.rowsOfWords[2].dropLast().suffix(2) == ["\(onlySecond)", "\(onlyFirst)"])
    let table = try place.exp("compare --evaluation same --output-dir named")
    #expect(table.code == 0)
    let rows = table.output.rowsOfWords.filter { $0.first == "named" }
    #expect(rows.count == 2)
    #expect(rows.allSatisfy { $0.contains("1/1") })
  }

  @Test func `labels of a test set without the last classes count as those of the run`() throws {
    for part in ["train", "t10k"] {
      let (images, labels) = ("\(part)-images-idx3-ubyte", "\(part)-labels-idx1-ubyte")
      try place.write(place.bytes("data/\(images)"), to: "one/\(images)")
      let header = try place.bytes("data/\(labels)")
      try place.write(
        Array(header.prefix(8)) + header.dropFirst(8).map { $0 + 1 }, to: "one/\(labels)")
    }
    func dataset(_ folder: String) -> String {
      "{dataset: {type: idx, path: \(folder), class_names: [x, y, z]}}"
    }
    try place.writeStripes([
      "name": "one", "data": dataset("one").dropLast() + ", validation: 24}",
    ])
    try #require(try place.exp("run stripes.yaml").code == 0)
    let one = try #require(place.runs(of: "one").first)
    // The test images of the classes 0 and 1, which have the labels 1 and 2.
    let kept = (0..<30).filter { $0 % 3 < 2 }
    let pixels = try place.bytes("data/t10k-images-idx3-ubyte").dropFirst(16)
    try place.write(
      Stripes.idx(
        [20, 8, 8], kept.flatMap { pixels.dropFirst(64 * $0).prefix(64) }), to: "part/images")
    try place.write(Stripes.idx([20], kept.map { UInt8($0 % 3 + 1) }), to: "part/labels")
    try place.write("data: \(dataset("part"))\n", to: "part.yaml")
    let ending = try place.exp("evaluate \(one) --data part.yaml")
    #expect(ending.code == 0, "\(ending.error)")
    func predicted(by folder: String) throws -> [Int] {
      try place.text("\(folder)/predictions.csv").split(separator: "\n").dropFirst().compactMap {
        ["x", "y", "z"].firstIndex(of: $0.split(separator: ",")[2])
      }
    }
    let all = try predicted(by: one)
    try #require(all.count == 30)
    #expect(try predicted(by: "\(one)/evaluations/part") == kept.map { all[$0] })
    let right = kept.count { all[$0] == $0 % 3 }
    try #require(right > 10)
    let scores =
      try place.json("\(one)/evaluations/part/evaluation.json")["scores"] as? [String: Any]
    #expect(scores?["accuracy"] as? Double == Double(right) / 20)
    // This run's labels are its classes' names: they tell nothing of others.
    let other = try place.exp("evaluate \(run) --data part.yaml")
    #expect(other.code == 66)
    #expect(
      other.error.contains("error: its labels 1 to 2 may count from 0, so that 1 is 'y', or from 1")
    )
  }

  @Test func `pictures prepared otherwise than in training are scored with a warning`() throws {
    try #require(try place.exp("data sample shapes").code == 0)
    try place.writeStripes([
      "name": "shapes", "training": "{epochs: 1, batch_size: 16}",
      "data":
        "{dataset: {type: image_folder, path: shapes, image_size: 8, fit: pad}, validation: 24}",
      "model": "{layers: [flatten, {type: dense, units: 6, activation: softmax}]}",
    ])
    try #require(try place.exp("run stripes.yaml").code == 0)
    try place.write(
      "data: {dataset: {type: image_folder, path: shapes, image_size: 8, background: 9}}\n",
      to: "other.yaml")
    let ending = try place.exp("evaluate shapes --data other.yaml")
    #expect(ending.code == 0)
    #expect(
      ending.error.contains(
        "other.yaml:1:17: warning: pictures are prepared in another way than in training, where it "
          + "was 'background: 0, fit: pad'\n"))
  }

  @Test func `a name that no evaluation can have is said to be too long`() throws {
    let name = String(repeating: "a", count: 240)
    for (name, option) in [(name, ""), (String(name.prefix(98)), " --weights last")] {
      try place.write("data: {dataset: {type: idx, path: data}}\n", to: "\(name).yaml")
      let ending = try place.exp("evaluate stripes --data \(name).yaml\(option)")
      #expect(ending.code == 64)
      #expect(ending.error.contains("which must consist of at most 100 letters, digits"))
      #expect(ending.error.contains("'\(name.prefix(60))…'"))
      #expect(!place.exists("\(run)/evaluations"))
    }
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

  @Test func `a file of images is no file that declares them`() throws {
    let ending = try place.exp("evaluate stripes --data scans/a.npz")
    #expect(ending.code == 64)
    #expect(
      ending.error.contains(
        "hint: write 'data: {dataset: {type: npz, path: a.npz}}' into one beside it"))
  }

  @Test func `without runs no data is read`() throws {
    try place.write("data: {dataset: {type: idx, path: nowhere}}\n", to: "lost.yaml")
    try place.write("{}", to: "\(run)/run.json")
    let ending = try place.exp("evaluate runs --data lost.yaml")
    #expect(ending.code == 66)
    #expect(ending.error.hasPrefix("error: \(run): run.json is damaged: "))
    #expect(!ending.error.contains("nowhere"))
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
    // Nor is anything replaced by what does not fit, so that '--force' is no matter.
    try place.write("data: {dataset: {type: idx, path: data}}\n", to: "same/digits.yaml")
    for name in Stripes.names {
      try place.write(place.bytes("data/\(name)"), to: "same/data/\(name)")
    }
    try #require(try place.exp("evaluate \(run) --data same/digits.yaml").code == 0)
    #expect(try place.exp("evaluate \(run) --data digits.yaml").error == ending.error)
    let without = try place.exp("evaluate \(run) --data model.yaml")
    #expect(without.code == 65)
    #expect(without.error.contains("it has no section 'data'"))
  }

  @Test func `runs without weights are skipped, but not from an ensemble`() throws {
    try place.writeStripes(["name": "a-diverged", "optimizer": "{type: sgd, learning_rate: 1e30}"])
    #expect(try place.exp("run stripes.yaml").code == 1)
    let diverged = try #require(place.runs(of: "a-diverged").first)
    try place.write("data: {dataset: {type: idx, path: data}}\n", to: "same.yaml")
    let reason = "'\(diverged)' has no weights: it diverged before any were saved\n"
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

  @Test func `a table says which of its averages count classes without images`() throws {
    try #require(try place.exp("run stripes.yaml --seed 1").code == 0)
    try place.writeOtherData()
    // Of the third class there is no image.
    try place.write(
      Stripes.idx([30], (0..<30).map { UInt8($0 % 2) }), to: "other/t10k-labels-idx1-ubyte")
    let ending = try place.exp("evaluate stripes --data other.yaml")
    #expect(ending.code == 0)
    let warned = ending.output.split(separator: "\n").filter { $0.hasPrefix("warning: ") }
    let reports = try place.runs(of: "stripes").map {
      try place.text("\($0)/evaluations/other/report.txt")
    }
    let expected = Set(
      reports.joined(separator: "\n").split(separator: "\n").filter { $0.hasPrefix("warning: ") }
        .map { $0.dropFirst("warning: ".count) })
    #expect(!expected.isEmpty)
    #expect(Set(warned.map { $0.split(separator: ": ", maxSplits: 2)[2] }) == expected)
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
}
