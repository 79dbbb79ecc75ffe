/// A point of a pen's path, with the radius of the line there.
struct PenPoint {
  var position: SIMD2<Float>
  var radius: Float
}
