import Specs
import Testing

@Suite struct NodePathTests {
  private let spec = """
    optimizer: adam
    model:
      layers:
        - {type: conv2d, filters: 8}
        - relu
        - {type: conv2d, filters: 16}
        - {type: dense, name: last, units: 10}
    sweep:
      parameters: {optimizer.learning_rate: [1, 2]}
    """

  @Test(arguments: [
    ("optimizer", "\"adam\"", "optimizer"),
    ("optimizer.type", "\"adam\"", "optimizer.type"),
    ("model.layers.0.filters", "8", "model.layers.0.filters"),
    ("model.layers.conv2d.filters", "8", "model.layers.0.filters"),
    ("model.layers.conv2d_1.filters", "16", "model.layers.2.filters"),
    ("model.layers.relu", "\"relu\"", "model.layers.1"),
    ("model.layers.last.units", "10", "model.layers.3.units"),
    (
      "sweep.parameters.optimizer.learning_rate.1", "2",
      "sweep.parameters.optimizer.learning_rate.1"
    ),
  ])
  func `leads to a value, by numbers and by names`(
    _ path: String, _ value: String, _ numbered: String
  )
    throws
  {
    let found = try #require(try tree(spec).value(at: path))
    #expect(json(found.node) == value)
    #expect(found.numberedPath == numbered)
  }

  @Test(arguments: [
    "optimizer.learning_rate", "model.layers.4", "model.layers.-1", "model.layers.dense", "nothing",
    "", "model..layers", "optimizer.type.name",
  ])
  func `leads nowhere where nothing stands`(_ path: String) throws {
    #expect(try tree(spec).value(at: path) == nil)
  }
}

extension NodePathTests {
  @Test func `items are named as Keras numbers layers, around the names that are taken`() {
    let items: [(name: String?, type: String)] = [
      (nil, "conv2d"), (nil, "relu"), (nil, "conv2d"), ("conv2d_2", "dense"), (nil, "conv2d"),
      (nil, "input"),
    ]
    #expect(
      ItemNames.names(of: items, reserved: ["input"])
        == ["conv2d", "relu", "conv2d_1", "conv2d_2", "conv2d_3", "input_1"])
  }
}
