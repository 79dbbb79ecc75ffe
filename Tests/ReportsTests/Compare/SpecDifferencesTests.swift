import Foundation
import Reports
import Runs
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
    let table = Comparison(RunCatalog(runs: runs)).text(.markdown)
    return table.split(separator: "\n").dropFirst(2).prefix(specs.count).map { line in
      line.split(separator: "|")[0].trimmingCharacters(in: [" ", "*", "\\"])
    }
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

  @Test func twoDifferencesAreShownThoseOfAllFirst() throws {
    #expect(
      try labels(
        "{optimizer: {momentum: 0.9, type: sgd}, training: {epochs: 1, batch_size: 8}}",
        "{optimizer: {type: adam}, training: {epochs: 1, batch_size: 16}}")
        == ["net (optimizer: sgd, batch_size: 8, …)", "net (optimizer: adam, batch_size: 16, …)"])
  }

  @Test func aNameAloneIsATypeWithoutFields() throws {
    #expect(
      try labels(
        "model: {layers: [{type: dense, activation: relu}, {type: flatten}]}",
        "model: {layers: [{type: dense, activation: {type: elu, alpha: 1.0}}, flatten]}")
        == ["net (activation: relu, alpha: –)", "net (activation: elu, alpha: 1.0)"])
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

  @Test(arguments: [nil, "a: [", "name: other"])
  func withoutDifferencesTheHashIsShown(text: String?) throws {
    #expect(try labels("name: net", text) == ["net (0bcdef)", "net (1bcdef)"])
  }
}
