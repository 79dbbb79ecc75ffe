import Documents

extension Manifest {
  /// The fold of the training images that a run holds out.
  package struct Fold: Codable, Hashable, Sendable {
    /// Its number, from 0.
    package let index: Int
    /// The number of folds.
    package let count: Int
    /// Its use: validation or test.
    package let part: DataPart

    enum CodingKeys: String, CodingKey {
      case index, count
      case part = "of"
    }

    /// The fold `index` of `count`, which is held out as `part`.
    package init(index: Int, count: Int, part: DataPart) {
      self.index = index
      self.count = count
      self.part = part
    }

    /// The largest number of folds; whoever names those that are missing names no more.
    private static let most = 1000

    /// Throws unless there can be such a fold.
    func check() throws(JSONError) {
      guard part != .training, (2...Self.most).contains(count), (0..<count).contains(index) else {
        throw JSONError(reason: "'fold' is none of 2 to \(Self.most) folds of validation or test")
      }
    }
  }

  /// The seed, and the fold if there are any.
  package var repetition: Repetition { Repetition(seed: seed, fold: fold?.index) }
}
