import Glibc

/// An affine map from a place in a new image to one in the old: old = matrix · new + shift.
///
/// Places are in pixels from the centre of the image, x to the right and y down.
package struct AffineMap: Equatable, Sendable {
  package let matrix: (x: SIMD2<Double>, y: SIMD2<Double>)
  package let shift: SIMD2<Double>

  private init(
    x: SIMD2<Double> = [1, 0], y: SIMD2<Double> = [0, 1], shift: SIMD2<Double> = .zero
  ) {
    matrix = (x, y)
    self.shift = shift
  }

  package static func == (first: AffineMap, second: AffineMap) -> Bool {
    first.matrix == second.matrix && first.shift == second.shift
  }

  /// Changes nothing.
  package static let identity = AffineMap()

  /// Turns the image counterclockwise.
  package static func rotation(degrees: Double) -> AffineMap {
    let angle = degrees * .pi / 180
    return AffineMap(x: [cos(angle), -sin(angle)], y: [sin(angle), cos(angle)])
  }

  /// Moves the image `right` and `down`.
  package static func translation(right: Double, down: Double) -> AffineMap {
    AffineMap(shift: [-right, -down])
  }

  /// Makes the image so many times as wide and as high.
  package static func zoom(width: Double, height: Double) -> AffineMap {
    AffineMap(x: [1 / width, 0], y: [0, 1 / height])
  }

  /// Slants upright lines: the top moves to the right, as in italics.
  package static func shear(degrees: Double) -> AffineMap {
    AffineMap(x: [1, tan(degrees * .pi / 180)])
  }

  /// Moves each row of the image to the left by `rows` pixels more than the one above it; the place `height` above the
  /// centre stays.
  package static func shear(rows: Double, from height: Double) -> AffineMap {
    AffineMap(x: [1, rows], shift: [rows * height, 0])
  }

  /// Moves each column of the image up by `columns` pixels more than the one to its left; the place `width` left of the
  /// centre stays.
  package static func shear(columns: Double, from width: Double) -> AffineMap {
    AffineMap(y: [columns, 1], shift: [0, columns * width])
  }

  /// Lets left and right change places, top and bottom, or both.
  package static func mirror(acrossWidth: Bool, acrossHeight: Bool) -> AffineMap {
    AffineMap(x: [acrossWidth ? -1 : 1, 0], y: [0, acrossHeight ? -1 : 1])
  }

  /// The map of `self`, followed by that of `next`: an image changed twice.
  package func followed(by next: AffineMap) -> AffineMap {
    AffineMap(
      x: matrix.x.x * next.matrix.x + matrix.x.y * next.matrix.y,
      y: matrix.y.x * next.matrix.x + matrix.y.y * next.matrix.y,
      shift: linear(next.shift) + shift)
  }

  /// `matrix` · `vector`
  func linear(_ vector: SIMD2<Double>) -> SIMD2<Double> {
    [(matrix.x * vector).sum(), (matrix.y * vector).sum()]
  }
}
