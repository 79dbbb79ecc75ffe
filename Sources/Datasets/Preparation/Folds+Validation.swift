import Diagnostics
import TextLayout

extension Folds {
  /// Throws if a class has too few of the images that are divided, of which it has `classCounts`, for each fold to have
  /// one. Where groups are not divided, that is no mistake.
  func validate(classCounts: [Int], classNames: [String]) throws(Diagnostic) {
    for (name, number) in zip(classNames, classCounts) where (1..<count).contains(number) {
      throw mistake(
        "class '\(name.singleLine)' has \(counted(number, "image")), fewer than the \(count) folds",
        hint: number > 1
          ? "take 'folds: \(number)' at most, or leave the class out of the dataset"
          : "leave the class out of the dataset, or add images of it")
    }
  }

  /// Throws if `folds`, as `divided` returns them, cannot be trained on: without groups if a class has too few images for
  /// them, else if groups are too few or too large, or all that a class has is in one fold.
  func validate(
    _ folds: [[Int]], labels: [UInt8], groups: [String]?, classNames: [String]
  ) throws(Diagnostic) {
    let counts = classCounts(of: folds, labels: labels, classCount: classNames.count)
    guard let groups else {
      return try validate(
        classCounts: classNames.indices.map { label in counts.reduce(0) { $0 + $1[label] } },
        classNames: classNames)
    }
    let indices = folds.flatMap(\.self)
    let sizes = Dictionary(indices.map { (groups[$0], 1) }, uniquingKeysWith: +)
    guard sizes.count >= count else {
      throw mistake(
        "there \(sizes.count == 1 ? "is" : "are") \(counted(sizes.count, "group")), fewer than the \(count) folds",
        hint: sizes.count > 1
          ? "take 'folds: \(sizes.count)' at most" : "no group is divided: folds need several")
    }
    // With as many folds as groups, each is one of them, however large.
    let size = (indices.count + count - 1) / count
    let largest = sizes.max { ($0.value, $1.key) < ($1.value, $0.key) }
    if let largest, largest.value > size, sizes.count > count {
      let most = indices.count / largest.value
      throw mistake(
        "group '\(largest.key.singleLine)' has \(counted(largest.value, "image")), more than a fold of \(size)",
        hint: (most > 1 ? "take 'folds: \(most)' at most, or " : "take ")
          + "'folds: \(sizes.count)', one for each group")
    }
    for (label, name) in classNames.enumerated() {
      let homes = folds.indices.filter { counts[$0][label] > 0 }
      guard homes.count == 1, let home = homes.first else { continue }
      let owners = Set(folds[home].filter { labels[$0] == UInt8(label) }.map { groups[$0] })
      throw mistake(
        "all images of class '\(name.singleLine)' are in fold \(home), without which none is left to train on: "
          + (owners.count == 1
            ? "they are of group '\((owners.first ?? "").singleLine)' alone"
            : "they are of \(owners.count) groups"),
        hint: owners.count == 1
          ? "add images of the class in another group, or leave the class out of the dataset"
          : "take more folds, or another 'seed' in 'folds'")
    }
  }

  private func mistake(_ message: String, hint: String) -> Diagnostic {
    Diagnostic(identifier: .badFolds, message: message, location: node?.location, hint: hint)
  }

  /// A warning that some of `folds` have no images of a class; nil if each has all. Scores of single folds are then
  /// undefined, or count the class as 0; those of all folds together are not, so that one fold for each patient makes
  /// sense even where a patient has one class.
  func lackOfClasses(
    _ folds: [[Int]], labels: [UInt8], classNames: [String]
  ) -> Diagnostic? {
    let counts = classCounts(of: folds, labels: labels, classCount: classNames.count)
    let lacks = classNames.enumerated().compactMap { label, name -> String? in
      let lacking = folds.indices.filter { counts[$0][label] == 0 }
      guard !lacking.isEmpty, lacking.count < folds.count else { return nil }
      return
        "\(lacking.count == 1 ? "fold" : "folds") \(FoldList.text(of: lacking)) of '\(name.singleLine)'"
    }
    guard !lacks.isEmpty else { return nil }
    return Diagnostic(
      identifier: .lackingFolds, severity: .warning,
      message: "folds without images of a class: \(listed(lacks, most: 5))",
      location: node?.location,
      hint:
        "scores by fold leave such classes out, or are undefined; judge by those pooled over all folds"
    )
  }

  /// The number of images of each class in each of `folds`.
  private func classCounts(of folds: [[Int]], labels: [UInt8], classCount: Int) -> [[Int]] {
    folds.map { fold in
      fold.reduce(into: [Int](repeating: 0, count: classCount)) { $0[Int(labels[$1])] += 1 }
    }
  }
}
