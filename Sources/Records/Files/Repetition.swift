/// The values in which the runs of one experiment differ: the seed and, where there are folds, the fold.
package struct Repetition: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let seed: Int
  /// The number of the fold, from 0; nil if there are no folds.
  package let fold: Int?

  package init(seed: Int, fold: Int? = nil) {
    self.seed = seed
    self.fold = fold
  }

  package static func < (left: Repetition, right: Repetition) -> Bool {
    (left.seed, left.fold ?? -1) < (right.seed, right.fold ?? -1)
  }

  /// `seed 0`, or `seed 0, fold 2`
  package var description: String { "seed \(seed)" + (fold.map { ", fold \($0)" } ?? "") }

  /// The end of a folder's name: `seed-0`, or `fold-2_seed-0`.
  package var folderName: String { (fold.map { "fold-\($0)_" } ?? "") + "seed-\(seed)" }
}
