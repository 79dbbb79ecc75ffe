import ExperimentExamples
import Plans
import Records
import Testing

@Suite("Addresses of layers beside templates")
struct TemplateAddressesTests {
  private static let layers =
    "[{type: dense, units: 4}, {type: repeat, times: 2, layers: [{type: dense, units: 5}]}, "
    + "{type: dense, units: 6}, {type: dense, units: 10, activation: softmax}]"

  private func reading(_ settings: [String], _ changes: [String: String] = [:]) throws -> Reading {
    try Reading(
      spec(
        ["model": "{layers: [flatten, {type: dense, units: 3}, \(Self.layers.dropFirst())}"]
          .merging(changes) { $1 }), settings: settings)
  }

  private func units(_ plan: ExperimentPlan?) throws -> [String] {
    let values = try #require(plan).values(seed: 0).tree
    return try ["dense", "dense_1", "dense_2", "dense_3", "dense_4"].map {
      try #require(values[path: "model.layers.\($0).units"]).json
    }
  }

  @Test("what --set calls a layer is what it is called in the network")
  func settings() throws {
    #expect(try units(reading([]).plan) == ["3", "4", "5", "5", "6"])
    #expect(try units(reading(["dense_4.units=9"]).plan) == ["3", "4", "5", "5", "9"])
    #expect(try units(reading(["model.layers.dense_1.units=9"]).plan) == ["3", "9", "5", "5", "6"])
    #expect(try units(reading(["repeat.layers.dense.units=9"]).plan) == ["3", "4", "9", "9", "6"])
  }

  @Test("a layer that comes of a template is not set by itself")
  func layersOfTemplates() throws {
    #expect(
      try reading(["model.layers.dense_2.units=9"]).text == """
        --set:1:14: error: 'dense_2' comes of 'repeat'
            1 | model.layers.dense_2.units=9
              |              ^
        hint: set what 'repeat' is made of

        """)
    #expect(
      try reading(["dense_3.units=9"]).text.hasPrefix(
        "--set:1:1: error: 'dense_3' comes of 'repeat'\n"))
  }

  @Test("the name of a layer is not that of one inside of a template")
  func namesInsideOfTemplates() throws {
    let model =
      "{layers: [{type: max_pooling2d, pool_size: 2}, flatten, {type: dense, units: 3}, "
      + "{type: repeat, times: 2, layers: [{type: dense, units: 4}, {type: dense, units: 5}]}, "
      + "{type: dense, units: 10, activation: softmax}]}"
    func reading(_ setting: String) throws -> Reading {
      try Reading(spec(["model": model]), settings: [setting])
    }
    #expect(
      try reading("dense_1.units=9").text.hasPrefix(
        "--set:1:1: error: 'dense_1' comes of 'repeat'\n"))
    #expect(try reading("repeat.times=1").plan?.layers.layers.count == 7)
    let inside = try reading("repeat.layers.dense_1.units=9")
    #expect(try units(inside.plan) == ["3", "4", "9", "4", "9"])
  }

  @Test("a sweep says the address that the value has in the network")
  func sweeps() throws {
    let reading = try reading([], ["sweep": "{parameters: {dense_4.units: [7, 8]}}"])
    #expect(reading.text == "")
    #expect(try reading.plans.map(units).map { $0[4] } == ["7", "8"])
    #expect(reading.plans.map { $0.cell?.description } == ["dense_4.units: 7", "dense_4.units: 8"])
  }

  @Test("values of what is there by default are set by their addresses")
  func defaults() throws {
    let reading = try reading(["label_smoothing=0.1"])
    #expect(reading.text == "")
    let values = try #require(reading.plan).values(seed: 0)
    #expect(values.tree[path: "loss.label_smoothing"] == .number(0.1))
  }

  @Test("two names of one value cannot both be varied")
  func twoNames() throws {
    let reading = try reading(
      [],
      [
        "sweep":
          "{parameters: {model.layers.1.use_bias: [true], model.layers.dense.use_bias: [false]}}"
      ])
    #expect(
      reading.text.contains(
        "error: 'model.layers.dense.use_bias' and 'model.layers.1.use_bias' set the same value"))
  }

  @Test("where data lies is a value of the run, not of the experiment")
  func paths() throws {
    let values = try #require(reading([]).plan).values(seed: 3)
    #expect(values.run[path: "seeds.0"] == .integer(3))
    #expect(values.run[path: "data"] == nil)
    #expect(values.experimentTree[path: "seeds"] == nil)
  }
}
