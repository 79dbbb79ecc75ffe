import Plans
import TextLayout

extension ExperimentPlan {
  /// The first lines that runs of it from `seeds`, on `threads`, print.
  func heading(seeds: [Int], threads: Int) -> String {
    let title = cell.map { "\(name), \($0.number) of \($0.count), \($0)" } ?? name
    return """
      \(title): \(counted(layers.parameterCount, "parameter"))
      \(split.training.grouped) training, \(split.validation.grouped) validation, \
      \(split.test.grouped) test images
      \(seeds.count == 1 ? "seed \(seeds[0])" : counted(seeds.count, "seed")), \(counted(spec.training.epochs, "epoch")), \
      \(counted(threads, "thread"))
      """
  }
}
