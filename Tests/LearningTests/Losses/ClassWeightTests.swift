import Diagnostics
import Learning
import Specs
import Testing

@Suite struct ClassWeightTests {
  @Test(arguments: ["balanced", "[1.0,2.5,0.0]", #"{"1":2.5,"2":0.5}"#])
  func `is written as it was read`(yaml: String) throws {
    let weight: ClassWeight = try declared(yaml)
    let again: ClassWeight = try declared(weight.tree.json)
    #expect(weight == again)
    #expect(weight.tree.json.contains(yaml))
  }

  @Test func `a class without images takes no part in the balance`() throws {
    let loss: OneOf<LossCatalog> = try declared(
      "{type: categorical_crossentropy, class_weight: balanced}")
    let samples = loss.value.weighted(Labels(labels: [0, 0, 0, 1]))
    var targets = [Float](repeating: 0, count: 3)
    samples.writeTargets(of: 0, epoch: 0, to: &targets)
    #expect(targets == [Float(4.0 / (2 * 3)), 0, 0])
    samples.writeTargets(of: 3, epoch: 0, to: &targets)
    #expect(targets == [0, 2, 0])
  }

  /// Of a class with few images the samples are more than its images, and those that an epoch may draw more than it draws.
  @Test func `classes that are drawn alike are in balance already`() throws {
    let labels = [0, 0, 0, 0, 0, 1, 2]
    let draws = try BalancedDraws(labels: labels, classCount: 3)
    let samples = Labels(labels: draws.images.map { labels[$0] })
    let loss: OneOf<LossCatalog> = try declared(
      "{type: categorical_crossentropy, class_weight: balanced}")
    var targets = [Float](repeating: 0, count: 3)
    for sample in 0..<samples.count {
      loss.value.weighted(samples, drawnBy: draws).writeTargets(of: sample, epoch: 0, to: &targets)
      #expect(targets.reduce(0, +) == 1)
    }
  }

  @Test(
    arguments: [
      "equal": "needs a list of weights, a map of them, or balanced, got 'equal'",
      "[1, -2]": "must be at least 0, got -2",
      "{1: much}": "needs a number, got 'much'",
    ])
  func `anything else is refused`(yaml: String, message: String) {
    #expect(findings(yaml, as: ClassWeight.self).contains("error: \(message)\n"))
  }

  @Test(
    arguments: [
      ("[1, 2]", "error: 3 classes need 3 weights, got 2"),
      ("{3: 2}", "error: there is no class '3'\nhint: the data's classes are 0, 1, 2"),
      ("{2: 2}", ""), ("balanced", ""),
    ])
  func `must fit the classes`(yaml: String, text: String) throws {
    let weight: ClassWeight = try declared(yaml)
    var diagnostics = Diagnostics()
    weight.validate(classNames: ["0", "1", "2"], at: nil, &diagnostics)
    #expect(diagnostics.rendered() == text)
  }
}
