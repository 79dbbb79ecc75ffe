/// What alpha dropout multiplies values with, and adds to the products: for a value that is kept, a and b; for one that
/// is dropped, 0 and a · limit + b. `limit` is that of a scaled ELU on the negative side. With
/// a = 1 ÷ √((1 - rate) · (1 + rate · limit²)) and b = -a · rate · limit, values of mean 0 and variance 1 keep both.
///
/// Source: Klambauer et al. 2017, Self-Normalizing Neural Networks, section "New Dropout Technique"; Keras's AlphaDropout.
/// Values are dropped as `DropoutMask` has it.
package struct AlphaDropoutTerms: Sendable {
  private let mask: DropoutMask
  private let keptTerm: Float
  private let droppedTerm: Float

  package init(rate: Float) {
    let rate = Double(rate)
    let limit = -1.673_263_242_354_377_2 * 1.050_700_987_355_480_5
    let factor = 1 / ((1 - rate) * (1 + rate * limit * limit)).squareRoot()
    let term = -factor * rate * limit
    mask = DropoutMask(rate: Float(rate), scale: Float(factor))
    keptTerm = Float(term)
    droppedTerm = Float(factor * limit + term)
  }

  /// Writes the factors for the `count` elements of one sample, drawn from `stream`.
  package func writeFactors(
    to factors: UnsafeMutablePointer<Float>, count: Int, from stream: RandomStream
  ) {
    mask.write(to: factors, count: count, from: stream)
  }

  /// Writes what is added to the products: for the same `stream`, what belongs to the factors.
  package func writeTerms(
    to terms: UnsafeMutablePointer<Float>, count: Int, from stream: RandomStream
  ) {
    mask.write(to: terms, count: count, from: stream)
    for element in 0..<count { terms[element] = terms[element] == 0 ? droppedTerm : keptTerm }
  }
}
