internal import CKernels

/// Work on each of `count` numbers.
enum Elementwise {
  static func copy(
    _ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, count: Int
  ) {
    target.update(from: source, count: count)
  }

  static func add(
    _ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, count: Int
  ) {
    exp_add(target, source, Int64(count))
  }

  static func multiply(
    _ target: UnsafeMutablePointer<Float>, by source: UnsafePointer<Float>, count: Int
  ) {
    exp_multiply_by(target, source, Int64(count))
  }

  static func multiply(_ target: UnsafeMutablePointer<Float>, by factor: Float, count: Int) {
    exp_scale(target, factor, Int64(count))
  }

  /// Each number becomes its hyperbolic tangent.
  static func tanh(_ target: UnsafeMutablePointer<Float>, count: Int) {
    exp_tanh(target, Int64(count))
  }

  /// Each number becomes the larger of the two.
  static func raise(
    _ target: UnsafeMutablePointer<Float>, to source: UnsafePointer<Float>, count: Int
  ) {
    exp_raise_to(target, source, Int64(count))
  }
}
