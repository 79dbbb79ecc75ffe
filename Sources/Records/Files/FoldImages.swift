extension Manifest {
  /// The images of the fold that a run holds out, and how many there are beside them.
  package struct FoldImages: Hashable, Sendable {
    /// The images of the fold. Runs that hold out the same ones share a fold, whatever its number.
    package let contents: Contents
    /// The number of images that the folds divide.
    package let dividedCount: Int
    /// The number of images that are left to learn from, also those that 'limit' leaves out.
    package let leftCount: Int

    /// The images of `fold` in `data`; nil if these are not recorded.
    package init?(of fold: Fold, in data: DataSummary) {
      guard let contents = data.contents(of: fold.part),
        let training = data.contents(of: .training)
      else { return nil }
      func heldOut(_ part: DataPart) -> Int {
        data.contents(of: part).map { $0.isHeldOut ? $0.count : 0 } ?? 0
      }
      self.contents = contents
      // Test images are taken first, then validation's of the others.
      dividedCount = training.count - (fold.part == .validation ? heldOut(.test) : 0)
      leftCount = training.count - heldOut(.validation) - heldOut(.test)
    }
  }
}
