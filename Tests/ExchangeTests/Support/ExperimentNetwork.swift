import Datasets
import Diagnostics
import Foundation
import Plans
import Tensors
import Testing

/// The network of a spec in `experiments/`; of a sweep, that of its first experiment.
struct ExperimentNetwork {
  /// The file's name without its ending.
  let name: String
  let graph: Graph

  static func all() throws -> [ExperimentNetwork] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../experiments").path
    let reader = PlanReader(DataLocations(), readsWeights: false) { try summary(of: $0) }
    return try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".yaml") }.sorted().map { file in
        var diagnostics = Diagnostics()
        let plans = try reader.read("\(folder)/\(file)", &diagnostics)
        let plan = try #require(plans.first, "\(file): \(diagnostics.rendered())")
        return ExperimentNetwork(name: String(file.dropLast(".yaml".count)), graph: plan.graph)
      }
  }

  /// What an experiment needs to know of its data, none of which has to be here.
  private static func summary(of dataset: any DatasetSpec) throws -> DatasetSummary {
    let (shape, classes): (ImageShape, Int)
    switch type(of: dataset).type {
    case "mnist", "fashion_mnist":
      (shape, classes) = (ImageShape(height: 28, width: 28, channels: 1), 10)
    case "cifar10": (shape, classes) = (ImageShape(height: 32, width: 32, channels: 3), 10)
    case "image_folder": (shape, classes) = (ImageShape(height: 32, width: 32, channels: 3), 6)
    default: return try dataset.summarize(in: DataLocations())
    }
    return DatasetSummary(
      imageShape: shape, classNames: (0..<classes).map(String.init), trainingCount: 50_000,
      validationCount: nil, testCount: 10_000)
  }
}
