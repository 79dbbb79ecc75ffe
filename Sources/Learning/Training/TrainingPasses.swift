/// The passes over the training images that steps are made of. The last step of each has the images that are left.
struct TrainingPasses {
  /// Images of a pass, repeated ones counted again.
  let imageCount: Int
  let batchSize: Int

  /// The number of steps in a pass.
  var stepCount: Int { (imageCount + batchSize - 1) / batchSize }

  /// The images of `count` steps behind the first `start` of training.
  func imageCount(inSteps count: Int, after start: Int) -> Int {
    let first = start % stepCount
    return imageCount(before: first + count) - imageCount(before: first)
  }

  /// The images of the first `steps` steps.
  private func imageCount(before steps: Int) -> Int {
    let (passes, rest) = steps.quotientAndRemainder(dividingBy: stepCount)
    return passes * imageCount + rest * batchSize
  }

  /// The parts of passes that `steps` take, all counted from 0: for each, the pass, and the range of its images for each
  /// step.
  func parts(of steps: Range<Int>) -> [(pass: Int, ranges: [Range<Int>])] {
    var parts: [(pass: Int, ranges: [Range<Int>])] = []
    for step in steps {
      let (pass, place) = step.quotientAndRemainder(dividingBy: stepCount)
      let start = place * batchSize
      if parts.last?.pass != pass { parts.append((pass, [])) }
      parts[parts.count - 1].ranges.append(start..<min(start + batchSize, imageCount))
    }
    return parts
  }
}
