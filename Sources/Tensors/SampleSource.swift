/// Labelled images that training and evaluation read, one sample at a time.
///
/// Workers call `writeInput` from several threads at once, each for samples of its own, and have it
/// write straight into the memory the network reads.
package protocol SampleSource: Sendable {
  /// Samples in all; they are numbered from 0.
  var count: Int { get }
  /// Size of every image.
  var imageShape: ImageShape { get }
  /// Number of classes; labels run from 0 to `classCount - 1`.
  var classCount: Int { get }
  /// The name of each class, in their order; by default its number.
  var classNames: [String] { get }
  /// The class of `sample`.
  func label(of sample: Int) -> Int
  /// Writes what the probabilities of `sample` should be in `epoch` to `destination`: `classCount` numbers that add
  /// up to 1, or, where the sample counts more or less than others, to its weight.
  func writeTargets(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>)
  /// Writes the normalized pixels of `sample`, as the network sees them in `epoch` (counted from 0), to
  /// `destination`: `imageShape.elementCount` numbers in the order height, width, channels.
  func writeInput(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>)
}

extension SampleSource {
  package var classNames: [String] { (0..<classCount).map(String.init) }

  /// All of the probability goes to the sample's class.
  package func writeTargets(
    of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>
  ) {
    destination.update(repeating: 0, count: classCount)
    destination[label(of: sample)] = 1
  }
}
