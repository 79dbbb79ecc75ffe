import ExperimentExamples
import Testing

/// Specs that are put together from several.
@Suite struct PlanReaderTests {
  @Test func `a spec that extends another is what it says, and else the other`() throws {
    let reading = try Reading(
      "extends: base.yaml\noptimizer: {learning_rate: 0.5}\n", others: ["base.yaml": spec()])
    let alone = try Reading(spec(["optimizer": "{type: adam, learning_rate: 0.5}"]))
    #expect(reading.text == "")
    #expect(reading.plan?.specHash == alone.plan?.specHash)
    #expect(reading.plan?.name == "test")
  }

  @Test func `the command line counts more than the file`() throws {
    let reading = try Reading(
      spec(),
      settings: ["optimizer.learning_rate=0.5", "model.layers.dense.kernel_initializer=zeros"])
    #expect(reading.text == "")
    let text = try #require(reading.plan).resolvedText(seed: 0)
    #expect(text.contains("learning_rate: 0.5"))
    #expect(text.contains("kernel_initializer: zeros"))
  }

  @Test func `a mistake in the command line is shown there`() throws {
    let text = try Reading(spec(), settings: ["optimizer.learnin_rate=0.5"]).text
    #expect(
      text.hasPrefix(
        """
        --set:1:11: error: 'adam' has no 'learnin_rate'
            1 | optimizer.learnin_rate=0.5
              |           ^
        hint: did you mean 'learning_rate'?
        """), "\(text)")
  }

  @Test func `what the sweep varies cannot be set`() throws {
    let sweep = ["sweep": "{parameters: {training.epochs: [1, 2]}}"]
    let text = try Reading(spec(sweep), settings: ["training.epochs=3"]).text
    #expect(
      text.hasPrefix(
        "--set:1:17: error: the sweep varies 'training.epochs', so that it cannot be set\n"))
    #expect(
      try Reading(spec(sweep), settings: ["training.epochs=3", "sweep=null"]).plans.count == 1)
    let other = try Reading(spec(sweep), settings: ["sweep.parameters.training.epochs=[1, 2, 3]"])
    #expect(other.plans.count == 3)
  }

  @Test func `blocks and repetitions are the layers that they stand for`() throws {
    let short = try Reading(
      spec([
        "variables": "{units: 12}",
        "blocks":
          "{hidden: {parameters: {rate: 0.1}, layers: [{type: dense, units: \"${units}\"}, {type: dropout, rate: \"${rate}\"}]}}",
        "model":
          "{layers: [flatten, {type: repeat, times: 2, layers: [{type: block, use: hidden, rate: 0.2}]}, {type: dense, units: 10, activation: softmax}]}",
      ]))
    let long = try Reading(
      spec([
        "model":
          "{layers: [flatten, {type: dense, units: 12}, {type: dropout, rate: 0.2, name: hidden_1}, {type: dense, units: 12}, {type: dropout, rate: 0.2, name: hidden_2}, {type: dense, units: 10, activation: softmax}]}"
      ]))
    #expect(short.text == "")
    #expect(short.plan?.specHash == long.plan?.specHash)
    #expect(short.plan?.layers.layers.map(\.name) == long.plan?.layers.layers.map(\.name))
  }

  @Test func `a resolved spec is complete by itself`() throws {
    let reading = try Reading(
      """
      extends: base.yaml
      variables: {rate: 0.25}
      description: costs $${rate}
      optimizer: {learning_rate: "${rate}"}
      sweep: {parameters: {training.epochs: [1, 2]}}
      """, others: ["base.yaml": spec()])
    let plan = try #require(reading.plans.last)
    let again = try Reading(plan.resolvedText(seed: 3), file: "resolved.yaml")
    #expect(again.text == "")
    #expect(again.plans.map(\.specHash) == [plan.specHash])
    #expect(again.plan?.spec.description == "costs ${rate}")
    #expect(again.plan?.resolvedText(seed: 3) == plan.resolvedText(seed: 3))
  }

  @Test func `each value knows where it comes from`() throws {
    let reading = try Reading(
      """
      extends: base.yaml
      variables: {rate: 0.25}
      optimizer: {learning_rate: "${rate}"}
      """, others: ["base.yaml": spec()], settings: ["training.epochs=7"])
    let origins = try #require(reading.plan).origins(seed: 0)
    func place(_ key: String) -> String? {
      origins.first { $0.address == key }?.place.split(separator: "/").last.map(String.init)
    }
    #expect(place("training.epochs") == "--set training.epochs=7")
    #expect(place("training.batch_size") == "base.yaml:4:35")
    #expect(place("optimizer.learning_rate") == "test.yaml:2:19")
    #expect(place("model.layers.flatten") == "base.yaml:2:55")
    #expect(place("optimizer.beta_1") == nil)
  }

  @Test func `a default in place of an inherited value knows what took that away`() throws {
    let base = spec([
      "optimizer": "{type: adam, learning_rate: 0.01, beta_1: 0.8, beta_2: 0.9, epsilon: 1e-3}",
      "targets": "{test_accuracy: 0.9}", "loss": "focal",
    ])
    let reading = try Reading(
      "extends: base.yaml\noptimizer: {beta_1: ~, beta_2: ~, epsilon: ~}\ntargets:\n",
      others: ["base.yaml": base], settings: ["beta_2=0.7", "loss=~", "optimizer.amsgrad=true"])
    let plan = try #require(reading.plan, "\(reading.text)")
    #expect(plan.spec.targets.all.isEmpty)
    #expect(plan.spec.loss.type == "categorical_crossentropy")
    let places = plan.origins(seed: 0).map { origin in
      let words = origin.place.split(separator: " ").map {
        $0.split(separator: "/").last.map(String.init) ?? ""
      }
      return "\(origin.address): \(words.joined(separator: " "))"
    }
    let taken = "by default, since it is taken away at"
    #expect(places.contains("optimizer.beta_1: \(taken) test.yaml:2:21"))
    #expect(places.contains("optimizer.epsilon: \(taken) test.yaml:2:44"))
    #expect(places.contains("targets: \(taken) test.yaml:3:9"))
    #expect(places.contains("loss: \(taken) --set loss=~"))
    // What takes it away counts no more where something is set later.
    #expect(places.contains("optimizer.beta_2: --set beta_2=0.7"))
    #expect(places.filter { $0.contains("beta_2") }.count == 1)
  }

  @Test(arguments: [
    ("variables: 3", "error: needs a map of names and values, got '3'\n"),
    (
      "blocks: {a: 3}",
      "error: needs a list of layers, or a map with parameters and layers, got '3'\n"
    ),
    ("sweep: {}", "error: 'sweep' needs 'parameters': what varies: paths"),
    ("sweep: {parameters: {}}", "error: must not be empty, got {}\n"),
    (
      "sweep: {parameters: {training.epochs: 3}}",
      "error: needs a list of values, a map of values by labels, or a distribution, got '3'\n"
    ),
    (
      "sweep: {method: random, parameters: {training.epochs: [3]}}",
      "error: 'random' needs 'samples'"
    ),
    (
      "sweep: {samples: 3, parameters: {training.epochs: [3]}}",
      "error: 'samples' does nothing with 'grid'\n"
    ),
    (
      "sweep: {method: zip, parameters: {training.epochs: [3], training.batch_size: [1, 2]}}",
      "error: 'zip' needs as many values of each, but 'training.epochs' has 1 and 'training.batch_size' 2\n"
    ),
    (
      "sweep: {parameters: {training.epochs: {type: int_uniform, min: 1, max: 2}}}",
      "error: 'grid' needs values, but this is a distribution\n"
    ),
    (
      "sweep: {parameters: {training.epochs: {type: int_uniform, min: 3, max: 2}}}",
      "error: 'min' must be less than 'max'\n"
    ),
    (
      "sweep: {parameters: {training..epochs: [3]}}",
      "error: 'training..epochs' is no path to a value\n"
    ),
    (
      "sweep: {parameters: {model.layers.nine.units: [3]}}",
      "error: nothing in 'layers' is called 'nine'\n"
    ),
  ])
  func `mistakes in what a spec is put together from are reported once`(
    _ section: String, _ expected: String
  ) throws {
    let reading = try Reading(spec() + section + "\n")
    #expect(reading.plans.isEmpty)
    let errors = reading.text.split(separator: "\n").filter { $0.contains(": error: ") }
    #expect(errors.count == 1, "\(reading.text)")
    #expect(reading.text.contains(expected), "\(reading.text)")
  }

  @Test(.timeLimit(.minutes(1)))
  func `each of thousands of unknown keys is reported, without a long wait`() throws {
    let keys = (0..<5_000).map { "k\($0): 1\n" }.joined()
    let reading = try Reading(spec() + keys)
    #expect(reading.diagnostics.all.count { $0.identifier == .unknownKey } == 5_000)
  }

  @Test func `grids beyond all measure are refused`() throws {
    let values = "[\((1...1000).map(String.init).joined(separator: ", "))]"
    let reading = try Reading(
      spec([
        "sweep":
          "{parameters: {training.epochs: \(values), seeds: \(values), training.batch_size: \(values)}}"
      ]))
    #expect(reading.text.contains("error: asks for more than 100000 combinations\n"))
  }

  @Test
  func `a precision that takes longer is a warning, and one that there is not an error`()
    throws
  {
    let bfloat16 = spec(["precision": "bfloat16"])
    #expect(try Reading(bfloat16, support: .full).text == "")
    let emulated = try Reading(bfloat16, support: .emulated)
    #expect(emulated.plan?.graph.precision == .bfloat16)
    #expect(emulated.text.contains("warning: this CPU has no instructions for bfloat16\n"))
    let vectors = try Reading(bfloat16, support: .vectors)
    #expect(vectors.plan?.graph.precision == .bfloat16)
    #expect(
      vectors.text.contains(
        "warning: this CPU has instructions for products of vectors in bfloat16"))
    #expect(try Reading(bfloat16, support: .none).plans.isEmpty)
    let plain = try #require(try Reading(spec(["precision": "float32"])).plan)
    #expect(plain.graph.precision == .float32)
    #expect(plain.specHash == (try Reading(spec()).plan?.specHash), "it is the default")
    #expect(plain.specHash != emulated.plan?.specHash)
  }
}
