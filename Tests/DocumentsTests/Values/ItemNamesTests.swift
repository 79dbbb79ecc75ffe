import Documents
import Testing

@Suite struct ItemNamesTests {
  @Test func `items are named as Keras numbers layers, around the names that are taken`() {
    let items: [(name: String?, type: String)] = [
      (nil, "conv2d"), (nil, "relu"), (nil, "conv2d"), ("conv2d_2", "dense"), (nil, "conv2d"),
      (nil, "input"),
    ]
    #expect(
      ItemNames.names(of: items, reserved: ["input"])
        == ["conv2d", "relu", "conv2d_1", "conv2d_2", "conv2d_3", "input_1"])
  }

  @Test(arguments: [
    ("conv2d", "conv2d", false), ("conv2d_12", "conv2d", false), ("conv2d_", "conv2d", true),
    ("conv2d_a", "conv2d", true), ("conv2d2", "conv2d", true), ("conv", "conv2d", true),
    ("dense", "conv2d", true), ("", "", false),
  ])
  func `a number behind a type is nobody's choice`(_ name: String, _ type: String, _ chosen: Bool) {
    #expect(ItemNames.isChosen(name, for: type) == chosen)
  }

  @Test func `things in lists have names first, wherever the lists are, and other items have none`()
    throws
  {
    func item(_ entries: (String, PlainValue)...) -> PlainValue { .map(entries) }
    let tree = item(
      (
        "layers",
        .list([
          item(("type", .string("dense"))),
          item(
            ("type", .string("apply")), ("name", .string("own")),
            ("steps", .list([item(("type", .string("flip")))]))),
          item(("type", .string("dense")), ("inputs", .list([.string("dense"), .string("own")]))),
        ])
      ), ("seeds", .list([.integer(1)])), ("empty", .list([])))
    let named = tree.withItemNames
    #expect(
      named.json
        == #"{"layers":[{"name":"dense","type":"dense"},"#
        + #"{"name":"own","type":"apply","steps":[{"name":"flip","type":"flip"}]},"#
        + #"{"name":"dense_1","type":"dense","inputs":["dense","own"]}],"seeds":[1],"empty":[]}"#)
    #expect(named[path: "layers.own.steps.flip.type"] == .string("flip"))
    #expect(named[path: "layers.2.inputs.1"] == .string("own"))
    #expect(named[path: "layers.dense_2"] == nil)
  }
}
