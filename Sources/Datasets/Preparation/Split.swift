import Specs

/// The ways to choose which training images are held out.
package enum SplitMethod: String, CaseIterable, SpecValue {
  /// Drawn by the split's seed, each class alike.
  case stratified
  /// Those that stand last.
  case last
}

/// Which of a dataset's training images are trained on, and which are held out; each list ascends.
package struct Split: Equatable, Sendable {
  /// Images to train on.
  package private(set) var training: [Int]
  /// Images held out to choose by.
  package let validation: [Int]
  /// Images held out for the final score.
  package let test: [Int]
  /// The images of each fold; empty if there are no folds.
  let folds: [[Int]]
  /// The use of the fold that is held out; nil if there are no folds.
  let foldedPart: Folds.Part?

  /// The numbers of images to hold out, as far as whole groups make such numbers.
  package struct HeldOut: Equatable, Sendable {
    package let validation: Int
    package let test: Int

    package init(validation: Int, test: Int) {
      self.validation = validation
      self.test = test
    }

    var total: Int { validation + test }
  }

  /// Takes the test images of all, then validation's of the others. Those of the others are the same, however many are
  /// trained on afterwards.
  ///
  /// - Parameters:
  ///   - folds: the folds of which one is a part, in place of so many images.
  ///   - labels: the class of each training image.
  ///   - groups: the group of each, none of which is divided; nil if there are none.
  package init(
    _ held: HeldOut, folds: Folds? = nil, labels: [UInt8], groups: [String]?, classCount: Int,
    method: SplitMethod,
    seed: UInt64
  ) {
    var all: [[Int]] = []
    func take(
      _ count: Int, for part: Folds.Part, of indices: [Int], round: Int
    ) -> (chosen: [Int], others: [Int]) {
      if let folds, folds.part == part {
        all = folds.divided(indices, labels: labels, groups: groups, classCount: classCount)
        let chosen = Set(all[folds.current])
        return (all[folds.current], indices.filter { !chosen.contains($0) })
      }
      if count == 0 { return ([], indices) }
      if let groups {
        return groupedSelection(
          of: count, from: indices, labels: labels, groups: groups, classCount: classCount,
          seed: seed, round: round)
      }
      switch method {
      case .stratified:
        return stratifiedSelection(
          of: count, from: indices, labels: labels, classCount: classCount, seed: seed,
          round: round)
      case .last:
        return (Array(indices.suffix(count)), Array(indices.dropLast(count)))
      }
    }
    let (test, others) = take(held.test, for: .test, of: Array(labels.indices), round: 2)
    let (validation, training) = take(held.validation, for: .validation, of: others, round: 1)
    self.folds = all
    foldedPart = folds?.part
    self.test = test
    self.validation = validation
    self.training = training
  }

  /// Trains on no more than `count` of the images that are not held out, each class alike. More images include those of
  /// fewer.
  package mutating func limit(
    to count: Int, labels: [UInt8], classCount: Int, seed: UInt64
  ) {
    training =
      nestedSelection(
        of: count, from: training, labels: labels, classCount: classCount, seed: seed, round: 0)
  }
}
