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
    ("rate", "model.layers.dropout.rate"), ("training.epochs", "training.epochs"),
    ("earning_rate", nil), ("layers", nil), ("", nil), (".", nil), (".type", nil),
  ])
  func `a value is named by any end of its address`(_ name: String, _ address: String?) throws {
    #expect(try addresses.address(of: name) == address)
  }

  @Test func `the end of several addresses is none of them`() {
    #expect(
      throws: AmbiguousAddress(
        name: "filters",
        addresses: ["model.layers.conv2d.filters", "model.layers.conv2d_1.filters"])
    ) { try addresses.address(of: "filters") }
  }
}
