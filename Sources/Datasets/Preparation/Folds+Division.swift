import Diagnostics
import Tensors
import TextLayout

extension Folds {
  /// The images `indices` of each fold, in ascending order.
  ///
  /// Without groups, the numbers of images in two folds differ by one at most, those of each class likewise: images are
  /// dealt out class after class, in a random order of each (scikit-learn's `StratifiedKFold` allocates alike). Groups are
  /// not divided: the larger come first, and each goes to the fold that has least of its classes, Σ n·m being smallest
  /// for n images of a class in the group and m in the fold; of these to the smallest one.
  func divided(
    _ indices: [Int], labels: [UInt8], groups: [Int]?, classCount: Int
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

  /// Throws if `folds`, as `divided` returns them, say nothing: a class has too few images for them, groups are too few
  /// or too large, or a fold has a single class.
  func validate(
    _ folds: [[Int]], labels: [UInt8], groups: [Int]?, classNames: [String]
  ) throws(Diagnostic) {
    func mistake(_ message: String, hint: String) -> Diagnostic {
      Diagnostic(
        identifier: .badFolds, message: message, location: node?.location, hint: hint)
    }
    func histogram(_ indices: [Int]) -> [Int] {
      indices.reduce(into: [Int](repeating: 0, count: classNames.count)) {
        $0[Int(labels[$1])] += 1
      }
    }
    let indices = folds.flatMap(\.self)
    for (name, number) in zip(classNames, histogram(indices)) where (1..<count).contains(number) {
      throw mistake(
        "class '\(name.singleLine)' has \(counted(number, "image")), fewer than the \(count) folds",
        hint: number > 1
          ? "take 'folds: \(number)' at most, or leave the class out of the dataset"
          : "leave the class out of the dataset, or add images of it")
    }
    guard let groups else { return }
    let sizes = Dictionary(indices.map { (groups[$0], 1) }, uniquingKeysWith: +).values
    guard sizes.count >= count else {
      throw mistake(
        "there are \(counted(sizes.count, "group")), fewer than the \(count) folds",
        hint: sizes.count > 1
          ? "take 'folds: \(sizes.count)' at most, or leave 'group' out of the dataset"
          : "leave 'group' out of the dataset")
    }
    // With as many folds as groups, each is one of them, however large.
    let size = (indices.count + count - 1) / count
    if let largest = sizes.max(), largest > size, sizes.count > count {
      let most = indices.count / largest
      throw mistake(
        "a group has \(counted(largest, "image")), more than a fold of \(size)",
        hint: (most > 1 ? "take 'folds: \(most)' at most, or " : "take ")
          + "'folds: \(sizes.count)', one for each group")
    }
    guard histogram(indices).count(where: { $0 > 0 }) > 1 else { return }
    for (fold, members) in folds.enumerated() {
      let present = zip(classNames, histogram(members)).filter { $0.1 > 0 }
      guard present.count == 1 else { continue }
      throw mistake(
        "fold \(fold) has images of class '\(present[0].0.singleLine)' alone, whose groups have no others",
        hint: "take fewer folds, another 'seed' in 'folds', or leave 'group' out of the dataset")
    }
  }
}
