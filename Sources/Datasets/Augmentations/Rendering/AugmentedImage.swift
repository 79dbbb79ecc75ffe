internal import CKernels
import Tensors

/// One image on its way through the steps of an augmentation.
///
/// Geometric steps are only taken down. They compose into one map, an affine one and a shift of each pixel,
/// and the image is resampled once, before its pixels are next read or changed.
package struct AugmentedImage {
  /// The image's size.
  package let shape: ImageShape
  private let pixels: UnsafeMutableBufferPointer<Float>
  private let scratch: Scratch
  let draws: AugmentationDraws

  private var isMoved = false
  private var isShifted = false
  /// The places the image is read from, as far as it has not been resampled.
  package private(set) var map = AffineMap.identity
  private var sampling = Sampling()

  /// Numbers of memory that an image of `shape` needs while it is changed.
  package static func scratchCount(for shape: ImageShape) -> Int { Scratch.count(for: shape) }

  /// The image with the numbers at `pixels`, between 0 and 1, which are changed in place.
  ///
  /// - Parameters:
  ///   - scratch: memory for `scratchCount(for: shape)` numbers.
  ///   - draws: where the steps' random numbers come from.
  package init(
    _ pixels: UnsafeMutablePointer<Float>, shape: ImageShape,
    scratch: UnsafeMutablePointer<Float>, draws: AugmentationDraws
  ) {
    self.shape = shape
    self.draws = draws
    self.pixels = UnsafeMutableBufferPointer(start: pixels, count: shape.elementCount)
    self.scratch = Scratch(scratch, shape)
  }

  /// Moves the image as `map` says, after all that has been done to it before.
  package mutating func move(by map: AffineMap, _ sampling: Sampling) {
    prepareToMove(sampling)
    if isShifted {
      for plane in [scratch.shifts.x, scratch.shifts.y] {
        resample(plane, channels: 1, by: map, shifts: nil, Sampling(.nearest), to: scratch.plane)
        plane.update(from: scratch.plane, count: scratch.planeCount)
      }
    }
    self.map = self.map.followed(by: map)
  }

  /// Moves the image by a map that takes pixels to pixels, so that it does not matter how it is read between them.
  package mutating func move(by map: AffineMap) { move(by: map, sampling) }

  /// Moves each pixel of the image on its own, after all that has been done to it before: what the place
  /// (x, y) shows was at (x, y) + the shift there.
  ///
  /// - Parameter draw: writes the shifts in x and in y, in pixels, a row after the other.
  package mutating func move(
    _ sampling: Sampling, shifts draw: (_ x: Plane, _ y: Plane) -> Void
  ) {
    prepareToMove(sampling)
    let (x, y) = (scratch.newShifts.x, scratch.newShifts.y)
    draw(
      Plane(start: x, count: scratch.planeCount), Plane(start: y, count: scratch.planeCount))
    let earlier = scratch.shifts
    if isShifted {
      for plane in [earlier.x, earlier.y] {
        resample(
          plane, channels: 1, by: .identity, shifts: (x, y), Sampling(.nearest), to: scratch.plane)
        plane.update(from: scratch.plane, count: scratch.planeCount)
      }
    } else {
      earlier.x.update(repeating: 0, count: scratch.planeCount)
      earlier.y.update(repeating: 0, count: scratch.planeCount)
    }
    let (across, down) = (SIMD2<Float>(map.matrix.x), SIMD2<Float>(map.matrix.y))
    for place in 0..<scratch.planeCount {
      earlier.x[place] += across.x * x[place] + across.y * y[place]
      earlier.y[place] += down.x * x[place] + down.y * y[place]
    }
    isShifted = true
  }

  /// A number for each pixel of an image.
  package typealias Plane = UnsafeMutableBufferPointer<Float>

  /// Changes the pixels: height × width × channels numbers from 0 to 1.
  package mutating func edit(_ change: (UnsafeMutableBufferPointer<Float>) -> Void) {
    finish()
    change(pixels)
  }

  /// Changes the pixels, which `change` also gets as they were.
  package mutating func redraw(
    _ change: (_ pixels: UnsafeMutableBufferPointer<Float>, _ old: UnsafePointer<Float>) -> Void
  ) {
    finish()
    change(pixels, copied())
  }

  /// Resamples the image if it has been moved.
  package mutating func finish() {
    guard isMoved, let target = pixels.baseAddress else { return }
    resample(
      copied(), channels: shape.channels, by: map, shifts: isShifted ? scratch.shifts : nil,
      sampling, to: target)
    (isMoved, isShifted, map) = (false, false, .identity)
  }

  /// Steps that read the image in different ways cannot share a resampling.
  private mutating func prepareToMove(_ sampling: Sampling) {
    if sampling != self.sampling { finish() }
    self.sampling = sampling
    isMoved = true
  }

  private func copied() -> UnsafePointer<Float> {
    if let start = pixels.baseAddress { scratch.copy.update(from: start, count: pixels.count) }
    return UnsafePointer(scratch.copy)
  }

  private func resample(
    _ source: UnsafePointer<Float>, channels: Int, by map: AffineMap,
    shifts: (x: UnsafeMutablePointer<Float>, y: UnsafeMutablePointer<Float>)?,
    _ sampling: Sampling, to target: UnsafeMutablePointer<Float>
  ) {
    // The map counts from the centre, the kernel from the first pixel.
    let centre = SIMD2(Double(shape.width - 1), Double(shape.height - 1)) / 2
    let origin = centre + map.shift - map.linear(centre)
    var places = exp_map(
      xx: Float(map.matrix.x.x), xy: Float(map.matrix.x.y), x0: Float(origin.x),
      yx: Float(map.matrix.y.x), yy: Float(map.matrix.y.y), y0: Float(origin.y),
      shift_x: shifts.map { UnsafePointer($0.x) }, shift_y: shifts.map { UnsafePointer($0.y) })
    exp_resample(
      source, Int32(shape.height), Int32(shape.width), Int32(channels), &places,
      sampling.fill.code, sampling.interpolation == .nearest, target)
  }
}

/// The pieces of the memory that an image needs while it is changed.
private struct Scratch {
  let planeCount: Int
  /// Of the whole image.
  let copy: UnsafeMutablePointer<Float>
  let plane: UnsafeMutablePointer<Float>
  let shifts: (x: UnsafeMutablePointer<Float>, y: UnsafeMutablePointer<Float>)
  let newShifts: (x: UnsafeMutablePointer<Float>, y: UnsafeMutablePointer<Float>)

  static func count(for shape: ImageShape) -> Int {
    shape.elementCount + 5 * shape.height * shape.width
  }

  init(_ start: UnsafeMutablePointer<Float>, _ shape: ImageShape) {
    planeCount = shape.height * shape.width
    copy = start
    plane = start + shape.elementCount
    shifts = (plane + planeCount, plane + 2 * planeCount)
    newShifts = (plane + 3 * planeCount, plane + 4 * planeCount)
  }
}
