import Metrics
import Records
import Reports

extension SpecValues {
  /// The values of a spec of one convolution, with `changes` in place of its own; nil removes one.
  static func example(_ changes: [String: String?] = [:]) -> SpecValues {
    let values = [
      ("data.dataset", "mnist"), ("augmentation", "[]"), ("model.layers.0", "conv2d"),
      ("model.layers.0.filters", "32"), ("model.layers.1", "dense"),
      ("model.layers.1.units", "10"), ("optimizer", "adam"), ("optimizer.learning_rate", "0.001"),
      ("optimizer.beta_1", "0.9"), ("training.epochs", "12"), ("training.batch_size", "128"),
    ]
    let known = values.compactMap { key, value in
      (changes[key] ?? value).map { Entry(key, $0) }
    }
    let added = changes.filter { change in !values.contains { $0.0 == change.key } }
      .sorted { $0.key < $1.key }
    return SpecValues(known + added.compactMap { key, value in value.map { Entry(key, $0) } })
  }
}

extension Comparison {
  /// A comparison of `catalog`, whose specs have the values `specs` under their hashes; others are unreadable.
  static func of(
    _ catalog: RunCatalog, _ specs: [String: SpecValues],
    _ change: (inout ComparisonOptions) -> Void = { _ in }
  ) throws -> Comparison {
    var options = ComparisonOptions()
    change(&options)
    return try Comparison(catalog, options) { specs[$0.specHash] }
  }

  /// A comparison of the example's runs.
  static func example(
    _ change: (inout ComparisonOptions) -> Void = { _ in }
  ) throws -> Comparison {
    try of(.example, specsOfExample, change)
  }

  private static let specsOfExample: [String: SpecValues] = [
    "3f9c0a7712": .example(),
    "aa11bb22cc": .example(["training.batch_size": "64", "optimizer.learning_rate": "0.01"]),
    "dd33ee44ff": .example(["training.batch_size": "64", "optimizer.learning_rate": "0.003"]),
    "0123456789": .example([
      "optimizer": "sgd", "optimizer.beta_1": nil, "optimizer.momentum": "0.9",
    ]),
    "9876543210": .example([
      "augmentation": nil, "augmentation.0": "random_rotation", "augmentation.0.degrees": "10.0",
      "augmentation.1": "random_zoom", "augmentation.1.fraction": "0.1",
    ]),
  ]

  /// Two optimizers by two batch sizes, five seeds each; sgd is worse by about three images in a thousand.
  static func sweep(
    _ change: (inout ComparisonOptions) -> Void = { _ in }
  ) throws -> Comparison {
    var (runs, specs) = ([RunRecord](), [String: SpecValues]())
    for (place, optimizer) in ["adam", "sgd"].enumerated() {
      for batchSize in [32, 64] {
        let hash = "\(place)\(batchSize)abcdef"
        specs[hash] = .example([
          "optimizer": optimizer, "training.batch_size": "\(batchSize)",
          "optimizer.beta_1": place == 0 ? "0.9" : nil,
          "optimizer.momentum": place == 0 ? nil : "0.9",
        ])
        for seed in 0..<5 {
          runs.append(
            .example(
              "sweep", hash: hash, seed: seed, minute: runs.count,
              mistakes: 8 + batchSize / 32 + (seed * 7) % 5 + place * 3 + (seed + place) % 2))
        }
      }
    }
    return try of(RunCatalog(runs: runs), specs, change)
  }
}
