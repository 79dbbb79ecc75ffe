import Documents
import Testing

@Suite struct AddressesTests {
  private let addresses = Addresses(
    [
      "optimizer", "optimizer.learning_rate", "model.layers.conv2d.filters",
      "model.layers.conv2d_1.filters", "model.layers.dropout.rate", "training.epochs",
      "warmup.training.epochs", "a.b.a.b",
    ], reserved: ["rate"])

  @Test(arguments: [
    ("optimizer", "optimizer"), ("optimizer.learning_rate", "learning_rate"),
    ("model.layers.conv2d_1.filters", "conv2d_1.filters"),
    ("model.layers.dropout.rate", "dropout.rate"), ("training.epochs", "training.epochs"),
    ("warmup.training.epochs", "warmup.training.epochs"), ("a.b.a.b", "b"),
    ("unknown.learning_rate", "unknown.learning_rate"),
  ])
  func `an address is shortened to an end that no other has, and that names nothing else`(
    _ address: String, _ short: String
  ) throws {
    #expect(addresses.shortest(of: address) == short)
    #expect(
      try addresses.address(of: short) == (address.hasPrefix("unknown") ? nil : address))
  }

  @Test(arguments: [
    ("layers.dropout.rate", "model.layers.dropout.rate"), ("optimizer.type", "optimizer"),
    ("rate", nil), ("training.epochs", "training.epochs"),
    ("earning_rate", nil), ("layers", nil), ("", nil), (".", nil), (".type", nil),
  ])
  func `a value is named by any end of its address`(_ name: String, _ address: String?) throws {
    #expect(try addresses.address(of: name) == address)
  }

  @Test func `a name of points alone takes neither time nor memory`() throws {
    let points = String(repeating: ".", count: 100_000)
    let addresses = Addresses([points, "a.b"])
    #expect(try addresses.address(of: points) == points)
    #expect(addresses.shortest(of: points) == points)
    #expect(addresses.shortest(of: "a.b") == "b")
  }

  @Test(arguments: [
    ("optimizer", "optimizer"), ("optimizer.type", "optimizer.type"),
    ("learning_rate", "optimizer.learning_rate"),
    ("layers.conv2d.filters", "layers.conv2d.filters"),
    ("layers.0.filters", "layers.conv2d.filters"),
    ("layers.1.units", "layers.1.units"), ("filters", nil), ("1.units", "layers.1.units"),
    ("layers.conv2d.activation.type", "layers.conv2d.activation"), ("seed", nil),
    ("data.seed", "data.seed"), ("layers.3", nil),
  ])
  func `the values of a tree are named by address, number or end`(
    _ name: String, _ address: String?
  ) throws {
    let tree: PlainValue = try PlainValue(
      json: """
        {"data": {"seed": 1}, "optimizer": {"type": "adam", "learning_rate": 0.1},
        "layers": [{"default_name": "conv2d", "type": "conv2d", "filters": 1, "activation": "relu"},
        {"name": "1", "type": "dense", "units": 2}, {"default_name": "conv2d_1", "type": "conv2d", "filters": 2}]}
        """)
    if name == "filters" {
      #expect(throws: AmbiguousAddress.self) { try tree.address(of: name) }
    } else {
      #expect(try tree.address(of: name) == address)
    }
  }

  @Test func `the end of several addresses is none of them`() {
    #expect(
      throws: AmbiguousAddress(
        name: "filters",
        addresses: ["model.layers.conv2d.filters", "model.layers.conv2d_1.filters"])
    ) { try addresses.address(of: "filters") }
  }
}
