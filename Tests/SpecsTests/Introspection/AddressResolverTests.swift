import Diagnostics
import Documents
import Specs
import Testing

@Suite struct AddressResolverTests {
  private static let spec = """
    layers: [{type: conv2d, filters: 8}, flatten, {type: conv2d, filters: 16}, {type: dropout, name: last}]
    training: {epochs: 3}
    """

  @Test("a value is set by the end of its address, whether it is written or has its default")
  func tails() throws {
    let settings = [
      ("beta_1=0.5", "training", #"{"epochs":3,"beta_1":0.5}"#),
      ("training.beta_1=0.5", "training", #"{"epochs":3,"beta_1":0.5}"#),
      ("epochs=4", "training", #"{"epochs":4}"#), ("limit=4", "limit", "4"),
      ("conv2d_1.filters=9", "layers.2", #"{"type":"conv2d","filters":9}"#),
      ("conv2d.strides=2", "layers.0", #"{"type":"conv2d","filters":8,"strides":2}"#),
      ("last.rate=0.1", "layers.3", #"{"type":"dropout","name":"last","rate":0.1}"#),
      ("rate=0.1", "layers.3", #"{"type":"dropout","name":"last","rate":0.1}"#),
      // Unknown keys pass here: the schema reports them.
      ("something.else=1", "something", #"{"else":1}"#), ("zzz=1", "zzz", "1"),
    ]
    for (setting, address, value) in settings {
      let changed = try changed(Self.spec) { node, diagnostics in
        Overrides([setting], &diagnostics)
          .applied(to: node, AddressResolver(Experiment.self), &diagnostics).tree
          .value(at: address)?
          .node
      }
      #expect(changed.json == value, "\(setting)")
      #expect(changed.findings == "")
    }
  }

  @Test func theEndOfSeveralAddressesIsReported() throws {
    let changed = try changed(Self.spec) { node, diagnostics in
      Overrides(["epochs=1", "filters=9"], &diagnostics)
        .applied(to: node, AddressResolver(Experiment.self), &diagnostics).tree
    }
    #expect(
      changed.findings == """
        --set:2:1: error: 'filters' is the end of 2 addresses: 'layers.conv2d.filters', 'layers.conv2d_1.filters'
            2 | filters=9
              | ^
        hint: write more of the address that is meant
        """)
  }

  @Test(arguments: [
    (
      "conv2d_1.fliters=1", "no value is called 'conv2d_1.fliters'",
      "did you mean 'conv2d_1.filters'?"
    ),
    ("learning_rat=1", "no value is called 'learning_rat'", "did you mean 'learning_rate'?"),
  ])
  func aMisspeltEndIsReported(setting: String, message: String, hint: String) throws {
    let changed = try changed(Self.spec) { node, diagnostics in
      Overrides([setting], &diagnostics)
        .applied(to: node, AddressResolver(Experiment.self), &diagnostics).tree
    }
    #expect(changed.findings.hasPrefix("--set:1:1: error: \(message)\n"))
    #expect(changed.findings.hasSuffix("hint: \(hint)"))
  }

  @Test("what a section is called is no end of another address")
  func sectionsComeFirst() throws {
    let changed = try changed("training: {epochs: 1}") { node, diagnostics in
      Overrides(["name=a", "seeds=[1]"], &diagnostics)
        .applied(to: node, AddressResolver(Experiment.self), &diagnostics).tree
    }
    #expect(changed.json == #"{"training":{"epochs":1},"name":"a","seeds":[1]}"#)
  }

  @Test func excludedSectionsHaveNoShortNames() throws {
    let tree = try YAML.parse(SourceFile(path: "a.yaml", text: Self.spec))
    let addresses = AddressResolver(Experiment.self, excluding: ["training"]).addresses(in: tree)
    #expect(
      addresses.all == [
        "name", "seeds", "layers", "layers.conv2d", "layers.conv2d.filters",
        "layers.conv2d.kernel_size", "layers.conv2d.strides", "layers.conv2d.padding",
        "layers.conv2d.activation", "layers.flatten", "layers.conv2d_1", "layers.conv2d_1.filters",
        "layers.conv2d_1.kernel_size", "layers.conv2d_1.strides", "layers.conv2d_1.padding",
        "layers.conv2d_1.activation", "layers.last", "layers.last.rate", "limit",
      ])
  }
}
