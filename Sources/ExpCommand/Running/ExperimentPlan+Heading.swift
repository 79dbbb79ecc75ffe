import Plans
import Records
import TextLayout

extension ExperimentPlan {
  /// The name of its cell of a sweep, such as `study, 2 of 4, width: 2`; nil if it belongs to none.
  var cellTitle: String? { cell.map { "\(name), \($0.number) of \($0.count), \($0)" } }

  /// The first lines that its `repetitions`, on `threads`, print.
  func heading(_ repetitions: [Repetition], threads: Int) -> String {
    """
    \(cellTitle ?? name): \(counted(layers.parameterCount, "parameter"))
    \(split.training.grouped) training, \(split.validation.grouped) validation, \
    \(split.test.grouped) test images
    \(repetitions.count == 1 ? "\(repetitions[0])" : Self.counts(of: repetitions)), \(counted(spec.training.epochs, "epoch")), \
    \(counted(threads, "thread"))
    """
  }

  /// `2 seeds`, or `2 seeds, 5 folds`
  private static func counts(of repetitions: [Repetition]) -> String {
    let (seeds, folds) = (Set(repetitions.map(\.seed)), Set(repetitions.compactMap(\.fold)))
    return counted(seeds.count, "seed")
      + (folds.isEmpty ? "" : ", " + counted(folds.count, "fold"))
  }
}
