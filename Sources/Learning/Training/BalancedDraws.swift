import Tensors

/// The images of epochs in which each class is drawn as often as any other.
///
/// An epoch has as many draws as there are images. Each class gets the same share of them, or one more or less; within a
/// class all images are drawn before one is drawn again. An image that is drawn again is another sample, so that it is
/// augmented in another way.
package struct BalancedDraws: Sendable {
  /// The image of each sample that an epoch may draw: those of a class as often as one may need them.
  package let images: [Int]
  /// The number of draws in an epoch.
  package let count: Int
  /// The samples of each class: its images, and all of them again as often as an epoch may need.
  private let classes: [(first: Int, imageCount: Int)]

  /// The draws from images of classes `labels`. Throws `EmptyClass` if one has none.
  package init(labels: [Int], classCount: Int) throws(EmptyClass) {
    var members = [[Int]](repeating: [], count: classCount)
    for (image, label) in labels.enumerated() { members[label].append(image) }
    if let empty = members.firstIndex(where: \.isEmpty) { throw EmptyClass(label: empty) }
    let share = (labels.count + classCount - 1) / classCount
    var (images, classes) = ([Int](), [(first: Int, imageCount: Int)]())
    for own in members {
      classes.append((images.count, own.count))
      for _ in 0..<(share + own.count - 1) / own.count { images += own }
    }
    count = labels.count
    self.images = images
    self.classes = classes
  }

  /// A class that has no images to draw.
  package struct EmptyClass: Error, Hashable {
    package let label: Int
  }

  /// The samples of epoch `epoch`, counted from 0, in their order; `seed` is the run's.
  package func samples(epoch: Int, seed: UInt64) -> [Int] {
    let (share, rest) = count.quotientAndRemainder(dividingBy: classes.count)
    var drawn: [Int] = []
    drawn.reserveCapacity(count)
    for (label, own) in classes.enumerated() {
      var order = Array(0..<own.imageCount)
      RandomStream(seed: seed, purpose: .sampling, layer: label, epoch: epoch).shuffle(&order)
      // What is left over goes to other classes in each epoch.
      let isMore = (label + epoch) % classes.count < rest
      for draw in 0..<share + (isMore ? 1 : 0) {
        let (again, place) = draw.quotientAndRemainder(dividingBy: own.imageCount)
        drawn.append(own.first + again * own.imageCount + order[place])
      }
    }
    RandomStream(seed: seed, purpose: .shuffle, epoch: epoch).shuffle(&drawn)
    return drawn
  }
}
