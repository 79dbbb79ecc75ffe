import Tensors

extension Folds {
  /// The images `indices` of each fold, in ascending order.
  ///
  /// Without groups, the numbers of images in two folds differ by one at most, those of each class likewise: images are
  /// dealt out class after class, in a random order of each (scikit-learn's `StratifiedKFold` allocates alike). Groups are
  /// not divided: the larger come first, and each goes to the fold that has least of its classes, Σ n·m being smallest
  /// for n images of a class in the group and m in the fold; of these to the smallest one.
  func divided(
    _ indices: [Int], labels: [UInt8], groups: [String]?, classCount: Int
  ) -> [[Int]] {
    guard let groups else {
      let dealt = shuffledByClass(
        indices, labels: labels, classCount: classCount, seed: UInt64(seed), round: Self.round
      ).joined()
      var folds = [[Int]](repeating: [], count: count)
      for (place, index) in dealt.enumerated() { folds[place % count].append(index) }
      return folds.map { $0.sorted() }
    }
    let grouped = ImageGroups(
      indices, labels: labels, groups: groups, classCount: classCount, seed: UInt64(seed),
      round: Self.round)
    let order = grouped.order.enumerated().sorted {
      let (first, second) = (grouped.members[$0.element].count, grouped.members[$1.element].count)
      return first != second ? first > second : $0.offset < $1.offset
    }
    var folds = [[Int]](repeating: [], count: count)
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classCount), count: count)
    for (_, group) in order {
      let histogram = grouped.histograms[group]
      let rank = { (fold: Int) -> (Int, Int, Int) in
        (zip(histogram, counts[fold]).reduce(0) { $0 + $1.0 * $1.1 }, folds[fold].count, fold)
      }
      guard let fold = (0..<count).min(by: { rank($0) < rank($1) }) else { continue }
      folds[fold] += grouped.members[group]
      for (label, number) in histogram.enumerated() { counts[fold][label] += number }
    }
    return folds.map { $0.sorted() }
  }

  /// Distinguishes the folds' random order from that of other parts that are held out.
  private static let round = 3
}
