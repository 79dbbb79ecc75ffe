import ExperimentExamples
import Plans
import Testing

@Suite struct ExperimentPlanTests {
  private func plan(_ changes: [String: String] = [:], file: String = "test.yaml") throws
    -> ExperimentPlan
  {
    let reading = try Reading(spec(changes), file: file)
    return try #require(reading.plan, "\(reading.text)")
  }

  @Test(arguments: [
    ("test.yaml", "test"), ("mnist-cnn.v2.yml", "mnist-cnn.v2"), ("plain", "plain"),
    ("resnet.yaml.yaml", "resnet.yaml"),
  ])
  func theFilesStemIsTheName(file: String, name: String) throws {
    #expect(try plan(file: file).name == name)
  }

  @Test func aNameInTheSpecCountsMore() throws {
    #expect(try plan(["name": "mine"], file: "my file.yaml").name == "mine")
  }

  @Test(arguments: ["my file.yaml", "nötig.yaml", "-x.yaml", ".yaml"])
  func otherStemsNeedAName(file: String) throws {
    let reading = try Reading(spec(), file: file)
    #expect(reading.plan == nil)
    #expect(reading.text.contains("error: the file's name cannot be the experiment's name\n"))
  }

  @Test(arguments: [
    ["name": "other"], ["description": "Something else"], ["seeds": "0-4"],
    ["targets": "{test_accuracy: 0.9}"],
    ["optimizer": "{learning_rate: 1e-2, type: adam}"],
    ["optimizer": "{type: adam, learning_rate: 0.01, beta_1: 0.9, epsilon: 1.0e-07}"],
    ["training": "{batch_size: 16, lane_size: 8, epochs: 3}"],
    ["loss": "categorical_crossentropy", "callbacks": "[]"],
    ["loss": "{type: categorical_crossentropy}"],
    [
      "model":
        "{layers: [{type: max_pooling2d, pool_size: 2, name: max_pooling2d}, flatten, {type: dense, units: 10, activation: softmax, name: dense}]}"
    ],
  ])
  func theHashIgnoresWhatDoesNotDecideTheResult(changes: [String: String]) throws {
    #expect(try plan(changes).specHash == plan().specHash)
  }

  @Test(arguments: [
    ["optimizer": "{type: adam, learning_rate: 0.011}"],
    ["optimizer": "{type: sgd, learning_rate: 0.01}"],
    ["training": "{epochs: 4, batch_size: 16}"],
    ["training": "{epochs: 3, batch_size: 16, lane_size: 4}"],
    ["callbacks": "[{type: model_checkpoint, monitor: val_loss}]"],
    [
      "data":
        "{dataset: {type: synthetic_digits, training: 60, test: 20, size: 16}, validation: 21}"
    ],
    [
      "data":
        "{dataset: {type: synthetic_digits, training: 60, test: 20, size: 16}, validation: 20, split_seed: 1}"
    ],
    ["model": "{layers: [flatten, {type: dense, units: 10, activation: softmax}]}"],
  ])
  func theHashTellsOtherSpecsApart(changes: [String: String]) throws {
    #expect(try plan(changes).specHash != plan().specHash)
  }

  @Test func theResolvedSpecReadsBackAsTheSamePlan() throws {
    let original = try plan(
      [
        "name": "mine", "description": "'Quotes \"and\" # more: all kept'", "seeds": "2-4",
        "targets": "{val_f1_macro: 0.5, test_loss: 1}",
        "callbacks": "[{type: early_stopping, patience: 2}, model_checkpoint]",
      ], file: "other.yaml")
    let reading = try Reading(original.resolvedText(seed: 3), file: "resolved.yaml")
    let again = try #require(reading.plan, "\(reading.text)")
    #expect(again.specHash == original.specHash)
    #expect(again.name == "mine")
    #expect(again.spec.description == #"Quotes "and" # more: all kept"#)
    #expect(again.resolvedText(seed: 3) == original.resolvedText(seed: 3))
    #expect(again.spec.seeds.seeds == [3])
  }

  @Test func `a frozen layer is not written out as one to train`() throws {
    let layers = "[flatten, {type: dense, units: 8}, {type: dense, units: 10, activation: softmax}]"
    let original = try plan(["model": "{frozen: [den*e], layers: \(layers)}"])
    let text = original.resolvedText(seed: 0)
    #expect(text.matches(of: /trainable: false/).count == 1, "\(text)")
    let reading = try Reading(text)
    let again = try #require(reading.plan, "\(reading.text)")
    #expect(again.specHash == original.specHash)
    #expect(again.layers.frozenParameterCount == original.layers.frozenParameterCount)
  }

  @Test func theResolvedSpecHasEveryValueInForce() throws {
    let text = try plan(["optimizer": "sgd", "training": "{epochs: 1}"]).resolvedText(seed: 0)
    for line in ["momentum: 0.0", "batch_size: 32", "lane_size: 16", "split_seed: 0", "name: test"]
    {
      #expect(text.contains(line), "\(line) in\n\(text)")
    }
  }

  @Test func theSplitIsCounted() throws {
    let plan = try plan()
    #expect(plan.split.training == 40)
    #expect(plan.split.validation == 20)
    #expect(plan.data.testCount == 20)
  }
}
