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

  @Test func `a name that an item would have anyway is nobody's choice`() {
    #expect(
      ItemNames.chosen(of: [
        ("conv2d", "conv2d"), (nil, "conv2d"), ("conv2d_2", "conv2d"), ("conv2d_7", "conv2d"),
        ("conv2d_a", "conv2d"), ("dense", "relu"), ("", ""), ("dense_1", "dense"),
      ]) == [nil, nil, nil, "conv2d_7", "conv2d_a", "dense", nil, nil])
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
        == #"{"layers":[{"default_name":"dense","type":"dense"},"#
        + #"{"name":"own","type":"apply","steps":[{"default_name":"flip","type":"flip"}]},"#
        + #"{"default_name":"dense_1","type":"dense","inputs":["dense","own"]}],"seeds":[1],"empty":[]}"#
    )
    #expect(named[path: "layers.own.steps.flip.type"] == .string("flip"))
    #expect(named[path: "layers.2.inputs.1"] == .string("own"))
    #expect(named[path: "layers.dense_2"] == nil)
    #expect(named.withoutDefaultNames.json.contains("default_name") == false)
  }
}
