import Documents
import Records
import Reports
import Testing

@Suite("How experiments of one name are told apart")
struct ValueDifferencesTests {
  /// The labels of the runs of experiments with these specs, all of one name; nil cannot be read.
  private func labels(_ specs: PlainValue?...) throws -> [String] {
    let values = specs.map { $0.map(RunValues.of) }
    let runs = specs.indices.map {
      RunRecord.example("net", hash: "\($0)bcdef0123", mistakes: 8 + $0)
    }
    return try Comparison(RunCatalog(runs: runs)) { run in
      values[runs.firstIndex(of: run) ?? 0]
    }.rows.map(\.label)
  }

  @Test func oneValueDiffers() throws {
    #expect(
      try labels(
        ["optimizer": ["type": "adam", "learning_rate": 0.01]],
        ["optimizer": ["type": "adam", "learning_rate": 0.1]])
        == ["net (learning_rate: 0.01)", "net (learning_rate: 0.1)"])
  }

  @Test func tailsThatSeveralHaveAreLonger() throws {
    func layers(_ size: PlainValue) -> PlainValue {
      [
        "model": [
          "layers": [
            ["type": "conv2d", "filters": 8, "kernel_size": [3, 3]],
            ["type": "conv2d", "filters": 16, "kernel_size": size],
          ]
        ]
      ]
    }
    #expect(
      try labels(layers([3, 3]), layers([5, 5]))
        == ["net (conv2d_1.kernel_size: [3, 3])", "net (conv2d_1.kernel_size: [5, 5])"])
  }

  @Test func twoDifferencesAreShown() throws {
    #expect(
      try labels(
        [
          "optimizer": ["momentum": 0.9, "type": "sgd"],
          "training": ["epochs": 1, "batch_size": 8],
        ],
        ["optimizer": ["type": "adam"], "training": ["epochs": 1, "batch_size": 16]])
        == ["net (optimizer: sgd, batch_size: 8)", "net (optimizer: adam, batch_size: 16)"])
  }

  @Test("what follows from another difference is not shown beside it")
  func impliedValues() throws {
    #expect(
      try labels(
        ["model": ["layers": [["type": "dense", "activation": "relu"], ["type": "flatten"]]]],
        [
          "model": [
            "layers": [
              ["type": "dense", "activation": ["type": "elu", "alpha": 1.0]], ["type": "flatten"],
            ]
          ]
        ])
        == ["net (activation: relu)", "net (activation: elu)"])
  }

  @Test("the things of a list are one value, but layers are told apart")
  func lists() throws {
    #expect(
      try labels(["augmentation": [["type": "a", "x": 1], ["type": "b"]]], ["augmentation": []])
        == ["net (augmentation: [a, b])", "net (augmentation: [])"])
    #expect(
      try labels(
        ["augmentation": [["type": "a", "x": 1]]], ["augmentation": [["type": "a", "x": 2]]])
        == ["net (x: 1)", "net (x: 2)"])
    #expect(
      try labels(
        ["model": ["layers": [["type": "flatten"], ["type": "a"]]]],
        ["model": ["layers": [["type": "flatten"], ["type": "b"]]]])
        == ["net (b: –, a: a)", "net (b: b, a: –)"])
  }

  @Test("values outside of layers come first, then those that all have")
  func importance() throws {
    func spec(_ units: PlainValue, _ loss: PlainValue, _ optimizer: PlainValue) -> PlainValue {
      [
        "model": ["layers": [["type": "dense", "units": units], ["type": "dense", "units": 2]]],
        "loss": loss, "optimizer": optimizer,
      ]
    }
    #expect(
      try labels(
        spec(1, ["type": "a", "x": 1], "sgd"), spec(3, ["type": "a", "x": 2], "adam"),
        spec(1, ["type": "a"], "sgd")) == [
          "net (optimizer: sgd, x: 1, …)", "net (optimizer: adam, x: 2, …)",
          "net (optimizer: sgd, x: –, …)",
        ])
  }

  @Test func whatOneSpecLacksIsADash() throws {
    #expect(
      try labels(["loss": ["type": "a", "smoothing": 0.1]], ["loss": ["type": "a"]])
        == ["net (smoothing: 0.1)", "net (smoothing: –)"])
  }

  @Test func equalLabelsGetTheHashToo() throws {
    #expect(
      try labels(
        ["a": 1, "b": 1, "c": 1], ["a": 1, "b": 1, "c": 2], ["a": 2, "b": 2, "c": 2])
        == ["net (a: 1, b: 1, …, 0bcdef)", "net (a: 1, b: 1, …, 1bcdef)", "net (a: 2, b: 2, …)"])
  }

  @Test("a value is not called what another column is")
  func reservedNames() throws {
    #expect(
      try labels(["training": ["epochs": 1]], ["training": ["epochs": 2]])
        == ["net (training.epochs: 1)", "net (training.epochs: 2)"])
  }

  @Test(arguments: [nil, [:], ["a": []]] as [PlainValue?])
  func withoutDifferencesTheHashIsShown(spec: PlainValue?) throws {
    #expect(try labels(spec == nil ? [:] : spec, spec) == ["net (0bcdef)", "net (1bcdef)"])
  }
}
