import Documents
import Records
import Reports
import Testing

@Suite("Values of two experiments side by side")
struct ValueTableTests {
  /// `address: value of A | value of B` for each value that differs.
  private func differences(_ first: PlainValue, _ second: PlainValue) -> [String] {
    let json = RunDiff(.example(values: .of(first)), .example(values: .of(second))).json
    guard case .list(let values) = json[path: "spec"] else { return ["no list"] }
    return values.map { value in
      let texts = ["key", "a", "b"].map { key in
        guard let found = value[key], found != .null else { return "–" }
        return found.text ?? found.json
      }
      return "\(texts[0]): \(texts[1]) | \(texts[2])"
    }
  }

  /// The differences between networks of these layers, each a type with values behind it.
  private func layers(_ first: [PlainValue], _ second: [PlainValue]) -> [String] {
    differences(["model": ["layers": .list(first)]], ["model": ["layers": .list(second)]])
  }

  @Test func valuesStandInTheOrderOfTheFiles() {
    #expect(
      differences(
        ["loss": "mse", "optimizer": ["type": "adam", "beta_1": 0.9], "epochs": 3],
        ["loss": "mse", "optimizer": ["type": "sgd", "momentum": 0.5], "epochs": 4]) == [
          "optimizer: adam | sgd", "optimizer.momentum: – | 0.5", "optimizer.beta_1: 0.9 | –",
          "epochs: 3 | 4",
        ])
  }

  @Test func aLayerMoreLeavesTheOthersTheSame() {
    #expect(
      layers(
        [
          ["type": "conv2d", "filters": 32], ["type": "flatten"], ["type": "dense", "units": 10],
        ],
        [
          ["type": "conv2d", "filters": 16], ["type": "dropout", "rate": 0.5], ["type": "flatten"],
          ["type": "dense", "units": 12],
        ]) == [
          "model.layers.conv2d.filters: 32 | 16", "model.layers.dropout: – | dropout",
          "model.layers.dropout.rate: – | 0.5", "model.layers.dense.units: 10 | 12",
        ])
  }

  @Test(
    "one layer more of a type that is there already is one difference, wherever it stands",
    arguments: 0..<4)
  func aLayerMoreOfTheSameType(place: Int) {
    let dense: [PlainValue] = [30, 20, 10].map { ["type": "dense", "units": $0] }
    var more = dense
    more.insert(["type": "dense", "units": 64], at: place)
    #expect(
      layers(dense, more) == [
        "model.layers.dense_3: – | dense", "model.layers.dense_3.units: – | 64",
      ])
    // The new one takes the name of another where it is the first of its type.
    let names = ["dense", "dense_1", "dense_2", "dense_3"]
    #expect(
      layers(more, dense) == [
        "model.layers.\(names[place]): dense | –", "model.layers.\(names[place]).units: 64 | –",
      ])
  }

  @Test("items whose names somebody chose are the same wherever they stand, and whatever they are")
  func chosenNames() {
    #expect(
      layers(
        [
          ["name": "first", "type": "dense", "units": 30],
          ["name": "act", "type": "relu"], ["name": "last", "type": "dense", "units": 10],
        ],
        [
          ["name": "last", "type": "dense", "units": 10], ["name": "act", "type": "elu"],
          ["name": "other", "type": "dense", "units": 30],
        ]) == [
          #"model.layers: ["first","act","last"] | ["last","act","other"]"#,
          "model.layers.first: dense | –", "model.layers.first.units: 30 | –",
          "model.layers.act: relu | elu", "model.layers.other: – | dense",
          "model.layers.other.units: – | 30",
        ])
  }

  @Test("the order of layers that are named is a value")
  func order() {
    let layers: [PlainValue] = [
      ["name": "norm", "type": "batch_normalization"], ["name": "act", "type": "relu"],
    ]
    #expect(
      self.layers(layers, layers.reversed())
        == [#"model.layers: ["norm","act"] | ["act","norm"]"#])
    #expect(self.layers(layers, layers) == [])
  }

  @Test("a name that looks like a number of a type is somebody's choice all the same")
  func chosenNamesLikeNumbers() {
    func network(_ first: PlainValue, _ second: PlainValue) -> [PlainValue] {
      [
        ["name": "dense_7", "type": "dense", "units": first],
        ["name": "dense_9", "type": "dense", "units": second],
      ]
    }
    #expect(layers(network(1, 2), network(1, 3)) == ["model.layers.dense_9.units: 2 | 3"])
  }

  @Test("connections to the same layers are the same, whatever these are called")
  func connections() {
    let add: PlainValue = ["type": "add", "inputs": ["conv2d", "conv2d_1"]]
    #expect(
      layers(
        [["type": "conv2d", "filters": 1], ["type": "conv2d", "filters": 2], add],
        [
          ["type": "conv2d", "filters": 3], ["type": "conv2d", "filters": 1],
          ["type": "conv2d", "filters": 2],
          ["type": "add", "inputs": ["conv2d_1", "conv2d_2"]],
        ]) == ["model.layers.conv2d_2: – | conv2d", "model.layers.conv2d_2.filters: – | 3"])
  }

  @Test("a list of things other than layers is one value, beside the values of its things")
  func listsOfThings() {
    #expect(
      differences(
        ["augmentation": []],
        ["augmentation": [["type": "random_zoom", "fraction": 0.1]]]) == [
          "augmentation: [] | [\"random_zoom\"]",
          "augmentation.random_zoom.fraction: – | 0.1",
        ])
    #expect(
      differences(
        ["callbacks": [["type": "a", "x": 1], ["type": "b", "x": 2]]],
        ["callbacks": [["type": "b", "x": 2], ["type": "a", "x": 1]]]
      ).first
        == "callbacks: [\"a\",\"b\"] | [\"b\",\"a\"]")
  }

  @Test("a map from classes is one value")
  func mapsFromClasses() {
    #expect(
      differences(
        ["class_weight": ["0": 1, "7": 2], "names": ["a", "b"]],
        ["class_weight": ["0": 1, "7": 3], "names": ["a", "c"]]) == [
          "class_weight: {\"0\":1,\"7\":2} | {\"0\":1,\"7\":3}",
          "names: [\"a\",\"b\"] | [\"a\",\"c\"]",
        ])
  }

  @Test("names that collide, and lists without end, do no harm")
  func strangeLists() {
    #expect(
      layers(
        [["type": "dense"]], [["name": "dense", "type": "conv2d"], ["type": "dense"]])
        == ["model.layers.dense_1: – | conv2d"])
    let many: [PlainValue] = (0..<1_500).map { ["type": "dense", "units": .integer($0)] }
    #expect(layers(many, Array(many.dropLast())).count == 2)
  }
}
