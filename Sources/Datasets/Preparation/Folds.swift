import Diagnostics
import Documents
import Specs

/// The parts of cross-validation: the training images are divided into so many, and each is held out once.
package struct Folds: SpecValue {
  /// The use of the fold that is held out.
  package enum Part: String, CaseIterable, SpecValue { case validation, test }

  /// The number of folds.
  package let count: Int
  /// The use of the fold that is held out.
  package let part: Part
  /// Decides which image is in which fold.
  package let seed: Int
  /// The folds that are to run; nil: all.
  package var only: FoldList?
  /// The node that it was read from; nil if made by code.
  package let node: Node?

  /// The numbers of folds that are allowed.
  package static let counts = 2...1000

  /// The folds that are to run.
  package var chosen: [Int] { only?.numbers ?? Array(0..<count) }

  /// The only fold that is to run; nil if there are several.
  package var single: Int? { chosen.count == 1 ? chosen.first : nil }

  /// The fold that the data is split by: the first that is to run.
  var current: Int { only?.numbers.first ?? 0 }

  /// The number of images in the current fold, of `total` in all of them, where no groups have to stay together.
  func size(of total: Int) -> Int { total / count + (current < total % count ? 1 : 0) }

  package static var schema: Schema {
    .described(
      "a number of folds, or a map of count, of, seed and only",
      .alternatives([
        .wholeNumber([
          ("minimum", .integer(counts.lowerBound)), ("maximum", .integer(counts.upperBound)),
        ]), .spec(Written.self),
      ]))
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> Folds? {
    if case .map = node.kind {
      return Written.decode(node, &diagnostics).map {
        Folds(count: $0.count, part: $0.of, seed: $0.seed, only: $0.only, node: node)
      }
    }
    var unreported = Diagnostics()
    guard let count = Int.decode(node, &unreported) else {
      reportWrongType(node, &diagnostics)
      return nil
    }
    guard counts.contains(count) else {
      diagnostics.error(
        .outOfRange,
        "there must be \(counts.lowerBound) to \(counts.upperBound) folds, got \(count)",
        at: node.location,
        hint: "without 'folds', 'validation: 0.2' holds out one part of the images")
      return nil
    }
    return Folds(count: count, part: .validation, seed: 0, only: nil, node: node)
  }

  package var tree: PlainValue { written.tree }

  package var treeWithoutDefaults: PlainValue {
    let tree = written.treeWithoutDefaults
    return tree.entries.count == 1 ? .integer(count) : tree
  }

  private var written: Written {
    var written = Written()
    written.count = count
    written.of = part
    written.seed = seed
    written.only = only
    return written
  }

  private struct Written: Spec {
    static let type = "folds"
    static let summary =
      "Parts of the training images, of about the same size, each of which is held out once."
    static let source: String? = "scikit-learn's StratifiedKFold"
    static let shortKey: String? = "count"

    @Field("How many there are.", example: "5", .range(Folds.counts))
    var count: Int
    @Field("The use of the fold that is held out: to choose by, or for the final score.")
    var of: Folds.Part = .validation
    @Field(
      "Decides which image is in which fold; independent of a run's seed.",
      .range(0...4_294_967_295))
    var seed = 0
    @Field("The folds to run, such as [0, 2] or 0-3, counted from 0; by default all.")
    var only: FoldList?

    static var otherKeys: OtherNames {
      [
        "count": ["n_splits", "k", "n_folds"], "seed": ["fold_seed", "random_state"],
        "only": ["fold"],
      ]
    }

    func validate(_ diagnostics: inout Diagnostics) {
      guard let outside = only?.numbers.first(where: { $0 >= count }) else { return }
      diagnostics.error(
        .outOfRange, Folds.absence(of: outside, among: count), at: $only.location)
    }
  }

  /// The message that there is no fold of that number.
  package static func absence(of fold: Int, among count: Int) -> String {
    "there is no fold \(fold): the \(count) folds are 0 to \(count - 1)"
  }
}

/// Folds as things that are numbered.
package enum FoldNumbers: Numbering {
  package static let noun = "fold"
  package static let key = "only"
  package static let allowed = 0...Folds.counts.upperBound - 1
}

/// Folds of an experiment's runs.
package typealias FoldList = NumberList<FoldNumbers>
