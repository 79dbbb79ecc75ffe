import Metrics
import Records
import Reports

extension Comparison {
  /// A comparison of `catalog`, whose specs have the values `specs` under their hashes; others are unreadable.
  static func of(
    _ catalog: RunCatalog, _ specs: [String: RunValues],
    _ change: (inout ComparisonOptions) -> Void = { _ in }
  ) throws -> Comparison {
    var options = ComparisonOptions()
    change(&options)
    return try Comparison(catalog, options) { specs[$0.specHash] }
  }

  /// A comparison of `runs`, whose specs all have the same values.
  static func alike(
    _ runs: [RunRecord], _ change: (inout ComparisonOptions) -> Void = { _ in }
  ) throws -> Comparison {
    var options = ComparisonOptions()
    change(&options)
    return try Comparison(RunCatalog(runs: runs), options) { _ in .example() }
  }

  /// A comparison of the example's runs.
  static func example(
    _ change: (inout ComparisonOptions) -> Void = { _ in }
  ) throws -> Comparison {
    try of(.example, specsOfExample, change)
  }

  private static let specsOfExample: [String: RunValues] = [
    "3f9c0a7712": .example(),
    "aa11bb22cc": .example(["training.batch_size": 64, "optimizer.learning_rate": 0.01]),
    "dd33ee44ff": .example(["training.batch_size": 64, "optimizer.learning_rate": 0.003]),
    "0123456789": .example([
      "optimizer": "sgd", "optimizer.beta_1": nil, "optimizer.momentum": 0.9,
    ]),
    "9876543210": .example([
      "augmentation": [
        ["type": "random_rotation", "degrees": 10.0], ["type": "random_zoom", "fraction": 0.1],
      ]
    ]),
  ]

  /// Two optimizers by two batch sizes, five seeds each; sgd is worse by about three images in a thousand.
  static func sweep(
    _ change: (inout ComparisonOptions) -> Void = { _ in }
  ) throws -> Comparison {
    var (runs, specs) = ([RunRecord](), [String: RunValues]())
    for (place, optimizer) in ["adam", "sgd"].enumerated() {
      for batchSize in [32, 64] {
        let hash = "\(place)\(batchSize)abcdef"
        specs[hash] = .example([
          "optimizer": .string(optimizer), "training.batch_size": .integer(batchSize),
          "optimizer.beta_1": place == 0 ? 0.9 : nil,
          "optimizer.momentum": place == 0 ? nil : 0.9,
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

/// Completed runs of these folds, of 60 images each; `mistakes` are those on test images, one less than on validation
/// images.
func folded(
  _ name: String = "a", hash: String = "aaaaaaaa", seed: Int = 0, count: Int = 5,
  folds: [Int]? = nil, mistakes: (Int) -> Int, logLoss: (Int) -> Double? = { _ in nil },
  of part: Manifest.DataPart = .validation, leftOutCount: Int = 0, testCount: Int = 0,
  division: String = ""
) -> [RunRecord] {
  (folds ?? Array(0..<count)).map { fold in
    .example(
      name, hash: hash, seed: seed, minute: fold + 10 * seed, mistakes: mistakes(fold),
      pixels: [part: "fold \(fold)\(division)"], logLoss: logLoss(fold),
      trainingCount: 60 * (count - (part == .test ? 2 : 1)) - leftOutCount,
      leftOutCount: leftOutCount, fold: .init(index: fold, count: count, part: part),
      validationCount: 60, testCount: testCount)
  }
}
