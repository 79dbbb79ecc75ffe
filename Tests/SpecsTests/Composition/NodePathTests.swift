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
    ("model.layers.0.filters", "8", "model.layers.conv2d.filters"),
    ("model.layers.conv2d.filters", "8", "model.layers.conv2d.filters"),
    ("model.layers.conv2d_1.filters", "16", "model.layers.conv2d_1.filters"),
    ("model.layers.relu", "\"relu\"", "model.layers.relu"),
    ("model.layers.last.units", "10", "model.layers.last.units"),
    (
      "sweep.parameters.optimizer.learning_rate.1", "2",
      "sweep.parameters.optimizer.learning_rate.1"
    ),
  ])
  func `leads to a value, by numbers and by names`(
    _ path: String, _ value: String, _ address: String
  )
    throws
  {
    let found = try #require(try tree(spec).value(at: path))
    #expect(json(found.node) == value)
    #expect(found.address == address)
  }

  @Test(arguments: [
    "optimizer.learning_rate", "model.layers.4", "model.layers.-1", "model.layers.dense", "nothing",
    "", "model..layers", "optimizer.type.name",
  ])
  func `leads nowhere where nothing stands`(_ path: String) throws {
    #expect(try tree(spec).value(at: path) == nil)
  }
}
