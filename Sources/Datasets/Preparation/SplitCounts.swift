/// The numbers of images in the parts of an experiment's data.
package struct SplitCounts: Equatable, Sendable {
  /// Images to train on.
  package let training: Int
  /// Images to choose by.
  package let validation: Int
  /// Images for the final score.
  package let test: Int

  /// Counts of these sizes.
  package init(training: Int, validation: Int, test: Int) {
    self.training = training
    self.validation = validation
    self.test = test
  }
}
