/// The numbers that gaussian noise adds, or that gaussian dropout multiplies with: normal, with the given mean and
/// standard deviation.
///
/// They are drawn for the logical element (height, width, channel), so no layout or thread changes them.
package struct NoiseTerms: Sendable {
  private let mean: Float
  private let deviation: Float

  package init(mean: Float = 0, deviation: Float) {
    self.mean = mean
    self.deviation = deviation
  }

  /// The factors of mean 1 that vary as much as those of dropout.
  package init(dropoutRate rate: Float) {
    self.init(mean: 1, deviation: (rate / (1 - rate)).squareRoot())
  }

  /// Writes the numbers for the `count` elements of one sample, drawn from `stream`.
  package func write(to terms: UnsafeMutablePointer<Float>, count: Int, from stream: RandomStream) {
    for start in stride(from: 0, to: count, by: 4) {
      let normals = stream.normals(block: start >> 2)
      for element in start..<min(start + 4, count) {
        terms[element] = mean + deviation * normals[element & 3]
      }
    }
  }
}
