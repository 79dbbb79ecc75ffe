/// The numbers that gaussian noise adds: normal, with mean 0 and the given standard deviation.
///
/// They are drawn for the logical element (height, width, channel), so no layout or thread changes them.
package struct NoiseTerms: Sendable {
  private let deviation: Float

  package init(deviation: Float) { self.deviation = deviation }

  /// Writes the numbers for the `count` elements of one sample, drawn from `stream`.
  package func write(to terms: UnsafeMutablePointer<Float>, count: Int, from stream: RandomStream) {
    for start in stride(from: 0, to: count, by: 4) {
      let normals = stream.normals(block: start >> 2)
      for element in start..<min(start + 4, count) {
        terms[element] = deviation * normals[element & 3]
      }
    }
  }
}
