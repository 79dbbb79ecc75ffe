import Diagnostics
import Specs

// Small specs for the tests of this target.

protocol Layer: Spec {}

enum Padding: String, SpecValue, CaseIterable { case valid, same }

struct Convolution: Layer {
  static let type = "conv2d", summary = "Convolves images."
  static let otherKeys: OtherNames = ["kernel_size": ["kernel"]]
  @Field("Number of output channels.", .atLeast(1)) var filters: Int
  @Field("Height and width of the window.", .atLeast(1)) var kernelSize: Pair
  @Field("Step between windows.", .atLeast(1)) var strides: Pair = 1
  @Field("Rows and columns added.") var padding: Padding = .valid
  @Field("Activation.") var activation: Activation?
}

enum Activation: String, SpecValue, CaseIterable { case relu, softmax }

struct Flatten: Layer {
  static let type = "flatten", summary = "Makes each image a vector."
}

struct Dropout: Layer {
  static let type = "dropout", summary = "Sets a part of its input to zero."
  static let otherKeys: OtherNames = ["rate": ["p"]]
  @Field("Part to drop.", .range(0..<1)) var rate: Double
}

enum Layers: Catalog {
  typealias Member = any Layer
  static let noun = "layer"
  static let all: [any Spec.Type] = [Convolution.self, Flatten.self, Dropout.self]
}

struct Training: Spec {
  static let type = "training", summary = "How long to train."
  static let otherKeys: OtherNames = ["learning_rate": ["lr"]]
  static let foreignKeys = ["metrics": "all metrics are always computed, f1_macro among them"]
  @Field("Passes over the training images.", .atLeast(1)) var epochs: Int
  @Field("Images in a step.", .atLeast(1)) var batchSize = 32
  @Field("Size of a step.", .greaterThan(0)) var learningRate = 0.01
  @Field("Decay of the mean.", key: "beta_1", .atMost(1)) var beta1 = 0.9
  @Field("Whether to shuffle.") var mixes = true

  func validate(_ diagnostics: inout Diagnostics) {
    if batchSize > 1000 * epochs {
      diagnostics.error(
        .outOfRange, "too big for \(epochs) epochs", at: $batchSize.location)
    }
  }
}

struct Experiment: Spec {
  static let type = "experiment", summary = "What to train."
  @Field("Name.", .nonEmpty) var name: String = "unnamed"
  @Field("Seeds.", .nonEmpty, .atLeast(0)) var seeds: [Int] = [0]
  @Field("From input to output.", .nonEmpty) var layers: [OneOf<Layers>]
  @Field("How long to train.") var training: Training
  @Field("Only so many images.", .atLeast(1)) var limit: Int?
}

/// What is found in a text that is read as a `Root`: rendered, empty if nothing is wrong.
func findings<Root: SpecValue>(_ text: String, as root: Root.Type = Experiment.self) -> String {
  var diagnostics = Diagnostics()
  if let node = YAML.parse(SourceFile(path: "a.yaml", text: text), &diagnostics) {
    _ = Root.decode(node, &diagnostics)
  }
  return diagnostics.rendered()
}

/// The value of a text, if nothing is wrong with it.
func decoded<Root: SpecValue>(_ text: String, as root: Root.Type = Root.self) throws -> Root? {
  var diagnostics = Diagnostics()
  let node = try YAML.parse(SourceFile(path: "a.yaml", text: text))
  let value = Root.decode(node, &diagnostics)
  if diagnostics.hasErrors { throw diagnostics }
  return value
}
