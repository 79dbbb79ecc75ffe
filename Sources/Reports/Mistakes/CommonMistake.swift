/// An image that some runs of an experiment take for another class.
package struct CommonMistake: Hashable, Sendable {
  /// Its place among the predictions of each run, from 0; where folds are pooled, of all folds of a seed.
  package let place: Int
  /// Its place in the part of the dataset that it comes from, from 0.
  package let index: Int
  /// Its file; nil where images have none.
  package let file: String?
  /// Its class.
  package let label: Int
  /// The class that most of the wrong runs take it for; of equals the most probable one.
  package let predicted: Int
  /// The number of runs that take it for another class than its own.
  package let wrongCount: Int
  /// The probability of the class `predicted`, the mean over all runs, be they right or wrong.
  package let probability: Double
  /// The probability of its own class likewise.
  package let labelProbability: Double
}
