import Foundation
import Testing

/// `exp diff` on runs of every kind.
@Suite struct DiffCommandTests {
  private let place: Workplace

  /// Seeds 0 and 1, and seed 0 again.
  init() throws {
    place = try Workplace()
    try place.writeStripes()
    try #require(try place.exp("run stripes.yaml --seeds 0-1 --quiet").code == 0)
    try #require(try place.exp("run stripes.yaml --seed 0 --output-dir again --quiet").code == 0)
  }

  private var again: String { place.runs(of: "stripes", in: "again")[0] }

  @Test func theSameSeedGivesTheSameBits() throws {
    let ending = try place.exp("diff seed-0 \(again)")
    #expect(ending.code == 0)
    #expect(ending.error == "")
    #expect(ending.output.contains("\nSpec: the same\n\nEnvironment: the same\n\nData: the same\n"))
    #expect(ending.output.contains("\nHistory: identical in all 3 epochs\n"))
    #expect(
      ending.output.hasSuffix("\n\nTraining and its results are the same to the last bit.\n"))
  }

  @Test func anotherSeedDiffersFromTheFirstEpochOn() throws {
    let ending = try place.exp("diff seed-0 seed-1")
    #expect(ending.code == 0)
    #expect(ending.output.contains("\nSpec: 1 value differs\nvalue  A  B\nseed   0  1\n"))
    #expect(ending.output.contains("\nHistory: epoch 1 is the first that differs: loss is "))
    #expect(ending.output.contains("\nPredictions for 30 test images\n"))
  }

  @Test func anotherSpecDiffersInItsValues() throws {
    try place.writeStripes(["optimizer": "{type: adam, learning_rate: 0.02}", "name": "faster"])
    try #require(try place.exp("run stripes.yaml --quiet").code == 0)
    let output = try place.exp("diff seed-1 latest").output
    #expect(output.contains("\nseed                     1     0\n"))
    #expect(output.contains("\noptimizer.learning_rate  0.01  0.02\n"))
  }

  @Test func jsonCanBeRead() throws {
    let ending = try place.exp("diff seed-0 seed-1 --format json")
    #expect(ending.code == 0)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
    #expect(
      object.keys.sorted() == [
        "a", "b", "classes", "data", "environment", "history", "identical", "labels", "predictions",
        "problems", "scores", "spec",
      ])
    #expect(object["identical"] as? Bool == false)
  }

  @Test func whatIsDamagedIsNamedAndTheRestCompared() throws {
    try place.write("{", to: "\(again)/values.json")
    try place.write("epoch,seconds\n", to: "\(again)/history.csv")
    try FileManager.default.removeItem(atPath: "\(place.path)/\(again)/predictions.csv")
    let ending = try place.exp("diff seed-0 \(again)")
    #expect(ending.code == 0)
    #expect(ending.output.contains("\ntest_f1_macro "))
    #expect(!ending.output.contains("History:"))
    #expect(!ending.output.contains("Predictions for"))
    let problems = ending.output.split(separator: "\n").filter { $0.hasPrefix("Not compared: ") }
    try #require(problems.count == 3)
    #expect(problems[0].contains("\(again)/values.json' is damaged: it is not complete JSON"))
    #expect(problems[1].hasSuffix("history.csv' is damaged: it has no column 'learning_rate'"))
    #expect(problems[2].hasSuffix("predictions.csv': No such file or directory"))
  }

  @Test func aDivergedRunIsComparedAsFarAsItGot() throws {
    try place.writeStripes(["optimizer": "{type: sgd, learning_rate: 1e30}", "name": "wild"])
    try #require(try place.exp("run stripes.yaml --quiet").code == 1)
    let ending = try place.exp("diff seed-1 wild")
    #expect(ending.code == 0)
    #expect(ending.output.contains("\nB: wild, seed 0, diverged in epoch 1, step 2 ("))
    #expect(ending.output.contains("\nScores: B (diverged) has none\n"))
    #expect(!ending.output.contains("Not compared"), "it owes neither history nor predictions")
  }

  @Test func eachArgumentNamesOneRun() throws {
    let several = try place.exp("diff stripes seed-0")
    #expect(several.code == 66)
    #expect(several.error.hasPrefix("error: 'stripes' matches 2 runs, but one is wanted:\n"))
    let none = try place.exp("diff seed-0 nowhere")
    #expect(none.code == 66)
    #expect(none.error.hasPrefix("error: no run matches 'nowhere'"))
    #expect(try place.exp("diff seed-0").code == 64)
  }
}
