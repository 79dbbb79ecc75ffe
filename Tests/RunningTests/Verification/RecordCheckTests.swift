import ExperimentExamples
import Files
import Foundation
import Records
import ReferenceBackend
import Running
import Testing

/// Whatever of a record scores, ranks or identifies a run is derived again, or compared.
@Suite struct RecordCheckTests {
  /// Runs a spec, replaces `old` by `new` in `file` of its folder, and looks which files the evaluation names.
  private func named(
    after file: RunFile, _ changes: [String: String] = [:], _ change: (String) throws -> String
  ) throws -> [String] {
    let own = ["targets": "{test_accuracy: 0.99}"]
    let plan = try #require(try Reading(spec(own.merging(changes) { $1 })).plan)
    let root = NSTemporaryDirectory() + "exp-record-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: root) }
    let runner = try runner(plan)
    let run = try runner.begin(seed: 0, .example(root))
    let folder = runner.execute(run, observe: { _ in }, isInterrupted: { false }).folder
    let text = try String(decoding: folder.bytes(of: file, limit: file.limit), as: UTF8.self)
    let changed = try change(text)
    #expect(changed != text, "\(file.rawValue): \(text)")
    try folder.write(changed, to: file)
    return try Reevaluation(
      folder, context: .example(root), backend: ReferenceBackend(), dataDirectory: nil
    ).disagreements
  }

  /// The first number, or text, of `key` in `text`, replaced by `value`.
  private func replacing(_ key: String, with value: String, in text: String) throws -> String {
    let pattern = try Regex("\"\(key)\": (\"[^\"]*\"|[^,\\s\\]}]+)")
    let found = try #require(text.firstMatch(of: pattern), "\(key) in \(text)")
    return text.replacingCharacters(in: found.range, with: "\"\(key)\": \(value)")
  }

  @Test func `an untouched record agrees`() throws {
    #expect(try named(after: .log) { $0 + "more\n" } == [])
  }

  @Test(arguments: [
    ("accuracy", "0.5"), ("precision_macro", "0.5"), ("recall_macro", "0.5"), ("f1_macro", "0.5"),
    ("precision", "0.25"), ("support", "7"), ("epochs", "2"), ("weights_epoch", "7"),
    ("got", "0.995"), ("wanted", "0.5"), ("met", "true"), ("train_seconds", "0.001"),
  ])
  func `scores in results.json follow from its confusion matrices`(
    key: String, value: String
  ) throws {
    let found = try named(after: .results) { try replacing(key, with: value, in: $0) }
    #expect(found.first?.hasPrefix("results.json: ") == true, "\(found)")
  }

  @Test(arguments: [
    ("name", "\"other\""), ("epochs_planned", "30"), ("parameter_count", "7"),
    ("lane_size", "3"), ("pixels", "\"\""), ("labels", "\"\""), ("flops", "1"),
    ("type", "\"relu\""),
    ("training_count", "41"), ("shared_test_count", "1"), ("divisor", "[1"),
  ])
  func `run.json says what follows from spec and data`(key: String, value: String) throws {
    let found = try named(after: .manifest) { try replacing(key, with: value, in: $0) }
    #expect(found.contains { $0.hasPrefix("run.json: ") }, "\(found)")
  }

  @Test func `the fingerprints of training images are those of the data`() throws {
    let found = try named(after: .trainingImages) { _ in "12345678" }
    #expect(
      found == [
        "training_images.bin: it is missing, or of other images than the run is trained on"
      ])
  }

  @Test func `the seed is that of the spec`() throws {
    let found = try named(after: .manifest) { try replacing("seed", with: "5", in: $0) }
    #expect(found.contains { $0.hasPrefix("resolved.yaml: its seeds are not the run's, 5") })
  }

  @Test func `values.json says what the spec says`() throws {
    let found = try named(after: .values) {
      try replacing("learning_rate", with: "0.5", in: $0)
    }
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("values.json: 'optimizer.learning_rate' is ") == true)
    #expect(found.first?.hasSuffix(", recorded as 0.5") == true)
  }

  @Test func `the report is on the results`() throws {
    let found = try named(after: .report) { $0.replacing("accuracy", with: "precision") }
    #expect(found == ["report.txt: it is not the report on the results"])
  }

  @Test func `an image is taken for its most probable class`() throws {
    let found = try named(after: .predictions) { text in
      var lines = text.split(separator: "\n").map(String.init)
      var fields = lines[5].split(separator: ",").map(String.init)
      fields[2] = fields[2] == "0" ? "1" : "0"
      lines[5] = fields.joined(separator: ",")
      return lines.joined(separator: "\n") + "\n"
    }
    #expect(found.first == "predictions.csv: image 4 is not taken for its most probable class")
    #expect(found.contains("predictions.csv: it has other predictions than results.json counts"))
  }

  /// Of a network that finds all classes equally probable, rounding may tell any.
  @Test func `an image on the border between two classes may change sides`() throws {
    let undecided = [
      "model":
        "{layers: [flatten, {type: dense, units: 10, kernel_initializer: zeros}, softmax]}",
      "optimizer": "{type: sgd, learning_rate: 1.0e-30}",
    ]
    for (changes, isExcused) in [(undecided, true), ([:], false)] {
      let found = try named(after: .results, changes) { text in
        let test = try #require(text.range(of: "\"test\": {"))
        let row = try #require(
          text[test.upperBound...].firstMatch(of: #/\[([1-9][0-9]*), ([0-9]+), /#))
        let (first, second) = (try #require(Int(row.1)), try #require(Int(row.2)))
        return text.replacingCharacters(
          in: row.range, with: "[\(first - 1), \(second + 1), ")
      }
      let said = found.contains("the test confusion matrix is another")
      #expect(said != isExcused, "\(found)")
      #expect(found.contains { $0.hasPrefix("test_") } != isExcused, "\(found)")
      #expect(found.contains("predictions.csv: it has other predictions than results.json counts"))
    }
  }

  @Test func `a rearranged confusion matrix is found`() throws {
    let found = try named(after: .results) { text in
      let pattern = try Regex("\"confusion_matrix\": \\[\\s*(\\[[^\\]]*\\]),\\s*(\\[[^\\]]*\\])")
      let match = try #require(text.firstMatch(of: pattern))
      let (first, second) = (try #require(match[1].range), try #require(match[2].range))
      var changed = text
      changed.replaceSubrange(second, with: text[first])
      changed.replaceSubrange(first, with: text[second])
      return changed
    }
    #expect(found.contains("the val confusion matrix is another"), "\(found)")
  }
}
