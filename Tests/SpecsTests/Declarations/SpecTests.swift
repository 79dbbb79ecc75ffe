import Diagnostics
import Specs
import Testing

struct SpecTests {
  @Test func fieldsAreReadByTheirKeys() throws {
    let training = try #require(
      try decoded("{epochs: 3, learning_rate: 1e-3, beta_1: 0.5}", as: Training.self))
    #expect(training.epochs == 3)
    #expect(training.learningRate == 0.001)
    #expect(training.beta1 == 0.5)
    #expect(training.batchSize == 32)
  }

  @Test(arguments: [
    (
      "{epochs: 1, mixs: true}",
      """
      a.yaml:1:13: error: 'training' has no 'mixs'
          1 | {epochs: 1, mixs: true}
            |             ^
      hint: did you mean 'mixes'? 'training' has epochs, batch_size, learning_rate, beta_1, mixes
      """
    ),
    (
      "{epochs: 1, type: training}",
      """
      a.yaml:1:13: error: 'training' has no 'type'
          1 | {epochs: 1, type: training}
            |             ^
      hint: 'training' has epochs, batch_size, learning_rate, beta_1, mixes
      """
    ),
    (
      "{epochs: 1, metrics: [accuracy]}",
      """
      a.yaml:1:13: error: 'training' has no 'metrics'
          1 | {epochs: 1, metrics: [accuracy]}
            |             ^
      hint: all metrics are always computed, f1_macro among them
      """
    ),
    (
      "batch_size: 3",
      """
      a.yaml:1:1: error: 'training' needs 'epochs': passes over the training images
          1 | batch_size: 3
            | ^
      """
    ),
    (
      "epochs",
      """
      a.yaml:1:1: error: needs a map of keys and values, got 'epochs'
          1 | epochs
            | ^
      hint: 'training' has epochs, batch_size, learning_rate, beta_1, mixes
      """
    ),
    (
      "{epochs: 1, batch_size: 2000}",
      """
      a.yaml:1:25: error: too big for 1 epochs
          1 | {epochs: 1, batch_size: 2000}
            |                         ^
      """
    ),
  ])
  func mistakesAreReported(_ text: String, _ expected: String) {
    #expect(findings(text, as: Training.self) == expected)
  }

  @Test(arguments: ["epoch: 1", "epochs: x", "epochs: 0", "epochs: {a: 1}"])
  func oneMistakeIsReportedOnce(_ text: String) {
    let found = #expect(throws: Diagnostics.self) { try decoded(text, as: Training.self) }
    #expect(found?.all.count == 1)
  }

  @Test func aKeyThatIsSetIsNotSuggested() {
    let text = findings("{epochs: 1, learning_rate: 1, lr: 2}", as: Training.self)
    #expect(!text.contains("did you mean"))
  }

  @Test func allMistakesAreFoundInOnePassInFileOrder() {
    let text = """
      name: [a]
      seeds: [0, x]
      seeds: [1]
      layers:
        - {type: Conv2D, filters: 32}
        - {type: conv2d, filters: 0, kernel: 3, padding: full}
        - {type: dropout, rate: 1.5, noise: 1}
        - {filters: 32}
        - {type: conv2d, filters: 32}
      training: {epochs: "10", lr: 0.1}
      """
    let found = findings(text).split(separator: "\n").filter { $0.contains(" error: ") }
    #expect(
      found == [
        "a.yaml:1:7: error: needs text, got a list",
        "a.yaml:2:12: error: needs a whole number, got 'x'",
        "a.yaml:3:1: error: 'seeds' comes twice",
        "a.yaml:5:5: error: 'conv2d' needs 'kernel_size': height and width of the window",
        "a.yaml:5:12: error: there is no layer 'Conv2D'",
        "a.yaml:6:29: error: must be at least 1, got 0",
        "a.yaml:6:32: error: 'conv2d' has no 'kernel'",
        "a.yaml:6:52: error: needs one of valid, same, got 'full'",
        "a.yaml:7:27: error: must be at least 0 and less than 1, got 1.5",
        "a.yaml:7:32: error: 'dropout' has no 'noise'",
        "a.yaml:8:5: error: this layer has no 'type'",
        "a.yaml:9:5: error: 'conv2d' needs 'kernel_size': height and width of the window",
        "a.yaml:10:20: error: needs a whole number, got the text '10'",
        "a.yaml:10:26: error: 'training' has no 'lr'",
      ])
  }

  /// `training` as a later version may have it.
  private struct LaterTraining: Spec {
    static let type = "training", summary = "How long to train."
    @Field("Passes over the training images.") var epochs: Int
    @Field("Images in a step.") var batchSize = 32
    @Field("Size of a step.") var learningRate = 0.01
    @Field("Decay of the mean.", key: "beta_1") var beta1 = 0.9
    @Field("Whether to shuffle.") var mixes = true
    @Field("A layer.") var layer = OneOf<Layers>(Flatten())
    @Field("Steps before the first.") var warmup: Int?
  }

  @Test(arguments: ["{epochs: 1}", "{epochs: 1, mixes: true, batch_size: 32}"])
  func withoutDefaultsTheTreeIsWhatWasChosen(_ text: String) throws {
    let training = try #require(try decoded(text, as: Training.self))
    #expect(training.treeWithoutDefaults.json == #"{"epochs":1}"#)
  }

  @Test(arguments: ["{epochs: 1}", "{epochs: 32, batch_size: 1, learning_rate: 0.5}"])
  func aFieldAddedLaterDoesNotShowAtItsDefault(_ text: String) throws {
    let training = try #require(try decoded(text, as: Training.self))
    let later = try #require(try decoded(text, as: LaterTraining.self))
    #expect(later.tree != training.tree)
    #expect(later.treeWithoutDefaults == training.treeWithoutDefaults)
  }

  @Test(arguments: [
    ("{epochs: 1, layer: {type: dropout, rate: 0.5}}", #"{"type":"dropout","rate":0.5}"#),
    (
      "{epochs: 1, layer: {type: conv2d, filters: 8, kernel_size: 1, strides: 1}}",
      #"{"type":"conv2d","filters":8,"kernel_size":1}"#
    ),
  ])
  func defaultsAreLeftOutBelowAsWell(_ text: String, _ layer: String) throws {
    let later = try #require(try decoded(text, as: LaterTraining.self))
    #expect(later.treeWithoutDefaults.json == #"{"epochs":1,"layer":\#(layer)}"#)
  }

  @Test func aThousandLayersAreNoMoreThanALoop() throws {
    let text =
      "training: {epochs: 1}\nlayers:\n"
      + String(repeating: "  - {type: conv2d, filters: 32, kernel_size: 3}\n", count: 1000)
    #expect(try decoded(text, as: Experiment.self)?.layers.count == 1000)
  }
}
