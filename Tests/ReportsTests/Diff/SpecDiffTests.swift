import Reports
import Testing

@Suite struct SpecDiffTests {
  /// `key: value of A | value of B` for each value that differs.
  private func differences(
    _ first: KeyValuePairs<String, String>, _ second: KeyValuePairs<String, String>
  ) throws -> [String] {
    let json = RunDiff(
      .example(spec: first.map { ($0.key, $0.value) }),
      .example(spec: second.map { ($0.key, $0.value) })
    ).json
    guard case .list(let values) = json[path: "spec"] else { return ["no list"] }
    return values.map { value in
      let texts = ["key", "a", "b"].map { key in
        if case .string(let text) = value[path: key] { text } else { "–" }
      }
      return "\(texts[0]): \(texts[1]) | \(texts[2])"
    }
  }

  @Test func valuesStandInTheOrderOfTheFiles() throws {
    #expect(
      try differences(
        ["loss": "mse", "optimizer": "adam", "optimizer.beta_1": "0.9", "epochs": "3"],
        ["loss": "mse", "optimizer": "sgd", "optimizer.momentum": "0.5", "epochs": "4"]) == [
          "optimizer: adam | sgd", "optimizer.momentum: – | 0.5", "optimizer.beta_1: 0.9 | –",
          "epochs: 3 | 4",
        ])
  }

  @Test func aLayerMoreLeavesTheOthersTheSame() throws {
    #expect(
      try differences(
        [
          "model.layers.0": "conv2d", "model.layers.0.filters": "32", "model.layers.1": "flatten",
          "model.layers.2": "dense", "model.layers.2.units": "10", "loss": "mse",
        ],
        [
          "model.layers.0": "conv2d", "model.layers.0.filters": "16", "model.layers.1": "dropout",
          "model.layers.1.rate": "0.5", "model.layers.2": "flatten", "model.layers.3": "dense",
          "model.layers.3.units": "12", "loss": "mse",
        ]) == [
          "model.layers.0.filters: 32 | 16", "model.layers.1: – | dropout",
          "model.layers.1.rate: – | 0.5", "model.layers.2.units: 10 | 12",
        ])
  }

  @Test func anEmptyListHasNothing() throws {
    #expect(
      try differences(["augmentation": "[]"], ["augmentation.0": "random_zoom"]) == [
        "augmentation.0: – | random_zoom"
      ])
    #expect(try differences(["callbacks": "[]"], [:]) == [])
  }

  @Test func numbersAsKeysDoNoHarm() throws {
    #expect(
      try differences(
        ["class_weight.0": "1", "class_weight.4000000000000": "2", "names": "[a, b]"],
        ["class_weight.0": "1", "class_weight.-7": "3", "names": "[a, c]"]) == [
          "class_weight.-7: – | 3", "class_weight.4000000000000: 2 | –", "names: [a, b] | [a, c]",
        ])
  }
}
