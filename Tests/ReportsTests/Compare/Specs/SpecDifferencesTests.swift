import Files
import Foundation
import Records
import Reports
import Testing

@Suite("How specs of one name are told apart")
struct SpecDifferencesTests {
  /// The labels of the runs of specs with these resolved texts, all of one name; nil is a missing file.
  private func labels(_ specs: String?...) throws -> [String] {
    let root = NSTemporaryDirectory() + "exp-differences-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: root) }
    let runs = try specs.enumerated().map { index, text in
      let folder = RunFolder(path: "\(root)/\(index)")
      try Storage.createFolder(folder.path)
      if let text { try folder.write(text, to: .resolved) }
      return RunRecord.example(
        "net", hash: "\(index)bcdef0123", mistakes: 8 + index, folder: folder)
    }
    return try Comparison(RunCatalog(runs: runs)).rows.map(\.label)
  }

  @Test func oneValueDiffers() throws {
    #expect(
      try labels(
        "{name: net, seeds: [0], optimizer: {type: adam, learning_rate: 0.01}}",
        "{name: net, seeds: [1, 2], optimizer: {type: adam, learning_rate: 0.1}, targets: {}}")
        == ["net (learning_rate: 0.01)", "net (learning_rate: 0.1)"])
  }

  @Test func keysThatComeTwiceAreLonger() throws {
    let layers = "{type: conv2d, filters: 8, kernel_size: [3, 3]}, {type: conv2d, filters: 16"
    #expect(
      try labels(
        "model: {layers: [\(layers), kernel_size: [3, 3]}]}",
        "model: {layers: [\(layers), kernel_size: [5, 5]}]}")
        == ["net (layers.1.kernel_size: [3, 3])", "net (layers.1.kernel_size: [5, 5])"])
  }

  @Test func twoDifferencesAreShown() throws {
    #expect(
      try labels(
        "{optimizer: {momentum: 0.9, type: sgd}, training: {epochs: 1, batch_size: 8}}",
        "{optimizer: {type: adam}, training: {epochs: 1, batch_size: 16}}")
        == ["net (optimizer: sgd, batch_size: 8)", "net (optimizer: adam, batch_size: 16)"])
  }

  @Test("what follows from another difference is not shown beside it")
  func impliedValues() throws {
    #expect(
      try labels(
        "model: {layers: [{type: dense, activation: relu}, {type: flatten}]}",
        "model: {layers: [{type: dense, activation: {type: elu, alpha: 1.0}}, flatten]}")
        == ["net (activation: relu)", "net (activation: elu)"])
  }

  @Test("the things of a list are one value, but layers are told apart")
  func lists() throws {
    #expect(
      try labels("augmentation: [{type: a, x: 1}, {type: b}]", "augmentation: []")
        == ["net (augmentation: [a, b])", "net (augmentation: [])"])
    #expect(
      try labels("augmentation: [{type: a, x: 1}]", "augmentation: [{type: a, x: 2}]")
        == ["net (x: 1)", "net (x: 2)"])
    #expect(
      try labels("model: {layers: [flatten, {type: a}]}", "model: {layers: [flatten, {type: b}]}")
        == ["net (layers.1: a)", "net (layers.1: b)"])
  }

  @Test("values outside of layers come first, then those that all have")
  func importance() throws {
    let layers = "model: {layers: [{type: dense, units: 1}, {type: dense, units: 2}]}"
    #expect(
      try labels(
        "{\(layers), loss: {type: a, x: 1}, optimizer: sgd}",
        "{\(layers.replacing("units: 1", with: "units: 3")), loss: {type: a, x: 2}, optimizer: adam}",
        "{\(layers), loss: {type: a}, optimizer: sgd}") == [
          "net (optimizer: sgd, x: 1, …)", "net (optimizer: adam, x: 2, …)",
          "net (optimizer: sgd, x: –, …)",
        ])
  }

  @Test func whatOneSpecLacksIsADash() throws {
    #expect(
      try labels("loss: {type: a, smoothing: 0.1}", "loss: {type: a}")
        == ["net (smoothing: 0.1)", "net (smoothing: –)"])
  }

  @Test func equalLabelsGetTheHashToo() throws {
    #expect(
      try labels("{a: 1, b: 1, c: 1}", "{a: 1, b: 1, c: 2}", "{a: 2, b: 2, c: 2}")
        == ["net (a: 1, b: 1, …, 0bcdef)", "net (a: 1, b: 1, …, 1bcdef)", "net (a: 2, b: 2, …)"])
  }

  @Test("a spec value is not called what another column is")
  func reservedNames() throws {
    #expect(
      try labels("training: {epochs: 1}", "training: {epochs: 2}")
        == ["net (training.epochs: 1)", "net (training.epochs: 2)"])
  }

  @Test(arguments: [nil, "a: [", "name: other"])
  func withoutDifferencesTheHashIsShown(text: String?) throws {
    #expect(try labels("name: net", text) == ["net (0bcdef)", "net (1bcdef)"])
  }
}
