import ExperimentExamples
import Testing

/// What would go wrong without a word where a spec is put together from parts.
@Suite struct ComposedMistakesTests {
  @Test func `an alias is checked wherever it stands`() throws {
    let text = try Reading("description: &d ../escaped\nname: *d\n" + spec()).text
    #expect(text.contains("error: must consist of at most 100 letters"))
  }

  @Test func `an alias of swept values leaves sections apart`() throws {
    let reading = try Reading(
      spec([
        "sweep":
          "{method: zip, parameters: {training.batch_size: &n [20, 30], data.validation: *n}}"
      ]))
    #expect(reading.text == "")
    #expect(reading.plans.map(\.spec.training.batchSize) == [20, 30])
    #expect(reading.plans.map(\.split.validation) == [20, 30])
  }

  @Test(arguments: [
    ("extends: ''", "error: must not be empty"),
    ("variables: {my-width: 3}", "error: must have names of letters, digits and '_' for '${…}'"),
    ("sweep: {parameters: {extends: [a.yaml, b.yaml]}}", "error: 'extends' cannot be varied"),
    ("sweep: {parameters: {seeds: [0, 1]}}", "error: 'seeds' cannot be varied"),
    (
      "sweep: {parameters: {training.epochs: [1, 2], training: [{epochs: 1}]}}",
      "error: 'training' and 'training.epochs' set the same value"
    ),
    (
      "sweep: {parameters: {model.layers.dense.units: [10], model.layers.2.units: [10]}}",
      "error: 'model.layers.2.units' and 'model.layers.dense.units' set the same value"
    ),
    (
      "sweep: {parameters: {optimizer.learning_rate: {min: 0.1, max: 0.2}}}",
      "error: this distribution has no 'type'"
    ),
  ])
  func `is an error`(_ section: String, _ expected: String) throws {
    let reading = try Reading(spec() + section + "\n")
    #expect(reading.plans.isEmpty)
    #expect(reading.text.contains(expected), "\(reading.text)")
    #expect(reading.text.components(separatedBy: ": error: ").count == 2, "\(reading.text)")
  }

  @Test(arguments: [
    ("training={epochs: 4}", "error: the sweep varies 'training.epochs', so that it cannot be set"),
    ("extends=other.yaml", "error: 'extends' cannot be set here"),
    ("callbacks.early_stopping.patience=3", "hint: there is no list yet: set it as a whole"),
  ])
  func `nothing of the command line is lost`(_ setting: String, _ expected: String) throws {
    let sweep = ["sweep": "{parameters: {training.epochs: [1, 2]}}"]
    let reading = try Reading(spec(sweep), settings: [setting])
    #expect(reading.plans.isEmpty)
    #expect(reading.text.contains(expected), "\(reading.text)")
  }

  @Test func `a layer's mistake says what was set in it`() throws {
    let text = try Reading(spec(), settings: ["model.layers.dense.units=12"]).text
    #expect(text.contains("note: a value of it is set here\n"), "\(text)")
    #expect(text.contains("--set:1:26: "), "\(text)")
  }

  @Test func `a block's parameter may be by default what a variable is`() throws {
    let reading = try Reading(
      spec([
        "variables": "{width: 12}",
        "blocks":
          "{hidden: {parameters: {units: \"${width}\"}, layers: [{type: dense, units: \"${units}\"}]}}",
        "model":
          "{layers: [flatten, {type: block, use: hidden}, {type: dense, units: 10, activation: softmax}]}",
      ]))
    #expect(reading.text == "")
    #expect(reading.plan?.layers.layers[2].outputShape.elementCount == 12)
  }

  @Test func `a template that cannot be read is one mistake`() throws {
    let layers =
      "[{type: block, use: gone}, {type: dense, units: 10, activation: softmax, inputs: [gone]}]"
    let text = try Reading(spec(["model": "{layers: \(layers)}"])).text
    #expect(text.components(separatedBy: ": error: ").count == 2, "\(text)")
  }

  @Test func `what a file says of itself is not inherited`() throws {
    let base = spec(["name": "mine", "description": "Its own."])
    let reading = try Reading("extends: base.yaml\n", others: ["base.yaml": base])
    #expect(reading.plan?.name == "test")
    #expect(reading.plan?.spec.description == nil)
  }

  @Test func `what the other file sets may be meant`() throws {
    let reading = try Reading(
      "extends: base.yaml\noptimizer: {lr: 0.1}\n", others: ["base.yaml": spec()])
    #expect(reading.text.contains("hint: did you mean 'learning_rate'?"), "\(reading.text)")
  }

  @Test func `a file that is extended must be a map`() throws {
    let reading = try Reading("extends: base.yaml\n", others: ["base.yaml": "- a\n"])
    #expect(
      reading.text.contains("base.yaml:1:1: error: needs a map of keys and values, got a list"))
  }

  @Test func `of many combinations with mistakes only some are shown`() throws {
    let reading = try Reading(
      spec([
        "sweep":
          "{method: random, samples: 500, parameters: {training.epochs: {type: uniform, min: 1, max: 2}}}"
      ]))
    #expect(reading.text.components(separatedBy: ": error: ").count <= 6, "\(reading.text)")
  }
}
