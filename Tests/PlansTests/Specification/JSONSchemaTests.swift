import ChildPrograms
import Diagnostics
import ExperimentExamples
import Foundation
import Plans
import Specs
import Testing

/// The Python that `make interop` made; nil where the tests were started otherwise.
private let python = ProcessInfo.processInfo.environment["INTEROP_PYTHON"]
private let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .appendingPathComponent("../../Interop/check_with_jsonschema.py").path

/// The output of the script for `arguments`; nil if it fails.
private func run(_ arguments: [String]) throws -> String? {
  var program = ChildProgram([try #require(python), script] + arguments)
  program.isQuiet = true
  program.outputLimit = 1 << 24
  let (ending, output) = try program.run()
  return ending == .exited(status: 0) ? String(decoding: output, as: UTF8.self) : nil
}

/// The schema as editors apply it, by the Python package `jsonschema`.
@Suite(.enabled(if: python != nil, "`make interop` validates specs with jsonschema"))
struct JSONSchemaTests {
  private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let fixtures = tests.appendingPathComponent("Planning/Fixtures").path
  private static let experiments = tests.appendingPathComponent("../../experiments").path

  /// Kinds of mistakes that can be seen without knowing more than the declarations.
  private static let visible: Set<Diagnostic.Identifier> = [
    .unknownKey, .missingKey, .unknownType, .missingType, .wrongType, .outOfRange,
  ]

  /// The verdicts on the YAML files of `folder`, by their names without ending: `valid`, `invalid` or `unreadable`.
  private func verdicts(_ folder: String) throws -> [String: (word: String, line: String)] {
    let schema = NSTemporaryDirectory() + "exp-schema-\(UUID().uuidString).json"
    defer { unlink(schema) }
    try JSONSchema(root: ExperimentSpec.self).tree.json
      .write(toFile: schema, atomically: false, encoding: .utf8)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".yaml") }
    let output = try #require(try run([schema] + files.map { "\(folder)/\($0)" }))
    let lines = output.split(separator: "\n").map { line in
      let words = line.split(separator: " ", maxSplits: 1)
      let name = words[1].prefix { $0 != ":" }.dropLast(".yaml".count)
      return (String(name), (word: String(words[0]), line: String(line)))
    }
    #expect(lines.count == files.count)
    let counts = Dictionary(grouping: lines) { $0.1.word }.map { "\($1.count) \($0)" }.sorted()
    print("jsonschema on \(files.count) specs: \(counts.joined(separator: ", "))")
    return Dictionary(lines) { $1 }
  }

  @Test func everyExperimentOfTheProjectIsValid() throws {
    let verdicts = try verdicts(Self.experiments)
    #expect(verdicts.count > 5)
    #expect(verdicts.values.filter { $0.word != "valid" }.map(\.line) == [])
  }

  /// Fixtures whose mistakes come about only when a spec is put together.
  private static let composed: Set<String> = [
    "wrong_value_of_a_variable", "block_parameters", "foreign_types", "sweep_of_nothing",
    "sweep_with_a_mistake",
  ]

  @Test func mistakesThatADeclarationShowsAreFound() throws {
    let verdicts = try verdicts(Self.fixtures)
    for (name, verdict) in verdicts
    where verdict.word == "valid" && !Self.composed.contains(name) {
      let found = try Reading(path: "\(Self.fixtures)/\(name).yaml").diagnostics.all
      let missed = found.filter { Self.visible.contains($0.identifier) }.map(\.message)
      #expect(missed == [], "\(name)")
    }
  }

  @Test func nothingElseIsAMistake() throws {
    let invalid = try verdicts(Self.fixtures).filter { $0.value.word == "invalid" }
    #expect(invalid.count > 20)
    for (name, verdict) in invalid {
      let found = try Reading(path: "\(Self.fixtures)/\(name).yaml").diagnostics.all
      let known = Self.visible.union([
        .emptyFile, .noNumbers, .duplicateNumber, .mergeKey, .nestedTooDeep,
      ])
      #expect(found.contains { known.contains($0.identifier) }, "\(verdict.line)")
    }
  }

  /// The verdicts on texts, in their order; all at once, as Python takes its time to start.
  private func verdicts(on texts: [String]) throws -> [String] {
    let folder = NSTemporaryDirectory() + "exp-verdicts-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (number, text) in texts.enumerated() {
      try text.write(toFile: "\(folder)/\(number).yaml", atomically: false, encoding: .utf8)
    }
    let verdicts = try verdicts(folder)
    return texts.indices.map { verdicts["\($0)"]?.line ?? "" }
  }

  @Test func itAllowsWhatCanBeRead() throws {
    let checksum = String(repeating: "b", count: 64)
    let texts = [
      ["training": "{epochs: '${n}', batch_size: '${2 * n}'}"],
      ["optimizer": "{type: '${kind}', learning_rate: '${rate}'}"], ["optimizer": "'${kind}'"],
      ["model": "{layers: [{type: conv2d, filters: '${w}', kernel_size: ['${k}', 3]}]}"],
      ["model": "{layers: [{type: max_pooling2d, padding: '${p}', trainable: '${t}'}]}"],
      ["seeds": "['${s}', 1]"], ["seeds": "0-4"], ["name": "'a-${n}'"], ["name": "on"],
      ["description": "2026"], ["targets": "{val_loss: 2, test_accuracy: '${goal}'}"],
      ["loss": "{type: focal, class_weight: {0: 2, daisy: 0.5}}"],
      ["model": "{layers: [flatten], weights: {file: a, sha256: \(checksum)}}"],
      ["callbacks": "[{type: early_stopping, baseline: null}]"],
    ].map { spec($0) }
    for (text, verdict) in zip(texts, try verdicts(on: texts)) {
      #expect(verdict.hasPrefix("valid"), "\(text)\(verdict)")
    }
  }

  @Test func itForbidsWhatCannot() throws {
    let texts = [
      ["training": "{epochs: '10'}"], ["training": "{epochs: 0}"], ["optimizer": "Adam"],
      ["optimizer": "{type: adam, lr: 1}"], ["targets": "{val_accuracy: 98}"],
      ["targets": "{f1: 0.9}"], ["seeds": "0..4"], ["name": "a/b"], ["model": "{layers: []}"],
      ["model": "{layers: [conv2d]}"], ["loss": "{type: focal, class_weight: {0: -2}}"],
      ["callbacks": "null"], ["training": "{epochs: 1, patience: 3}"],
    ].map { spec($0) }
    for (text, verdict) in zip(texts, try verdicts(on: texts)) {
      #expect(verdict.hasPrefix("invalid"), "\(text)\(verdict)")
    }
  }

  @Test func everyExampleIsValid() throws {
    guard case .map(let whole) = ExperimentSpec.example else { return }
    let texts = Vocabulary(root: ExperimentSpec.self).allExamples.compactMap { example -> String? in
      guard case .map(let sections) = example else { return nil }
      let keys = sections.map(\.key)
      return YAML.emit(.map(sections + whole.filter { !keys.contains($0.key) }))
    }
    // Of a section or a member of a section alone, such as `model: {weights: …}`, the rest may be missing.
    let invalid = try verdicts(on: texts)
      .filter { !$0.hasPrefix("valid") && !$0.hasSuffix("is a required property") }
    #expect(invalid == [])
  }
}
