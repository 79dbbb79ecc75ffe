import Tensors

/// Changes of colour and brightness, by torchvision's formulas for images of floating-point numbers.
///
/// Images with other than three channels have no colours: what changes those alone leaves them as they are.
extension AugmentedImage {
  /// The grey of a colour (ITU-R 601-2), with torchvision's weights, whose sum is 0.9999.
  private static let greyWeights = SIMD3<Float>(0.2989, 0.587, 0.114)

  /// Replaces each colour by its grey.
  package mutating func removeColours() {
    recolour { SIMD3(repeating: ($0 * Self.greyWeights).sum()) }
  }

  /// Multiplies the difference of each colour from its grey by `factor`.
  package mutating func adjustSaturation(by factor: Float) {
    recolour {
      blend($0, SIMD3(repeating: ($0 * Self.greyWeights).sum()), factor)
    }
  }

  /// Turns the hue of each colour by `amount` of the colour circle, from −0.5 to 0.5.
  package mutating func adjustHue(by amount: Float) {
    recolour { turned($0, by: amount) }
  }

  /// Multiplies all numbers by `factor`.
  package mutating func adjustBrightness(by factor: Float) {
    edit { pixels in
      for place in pixels.indices { pixels[place] = min(max(factor * pixels[place], 0), 1) }
    }
  }

  /// Multiplies the difference of each number from the mean of the image's grey by `factor`.
  package mutating func adjustContrast(by factor: Float) {
    let weights = Self.greyWeights
    let isColoured = shape.channels == 3
    edit { pixels in
      var sum = 0.0
      for place in pixels.indices {
        sum += Double(isColoured ? weights[place % 3] * pixels[place] : pixels[place])
      }
      let mean = Float(sum / Double(isColoured ? pixels.count / 3 : pixels.count))
      for place in pixels.indices {
        pixels[place] = min(max(factor * pixels[place] + (1 - factor) * mean, 0), 1)
      }
    }
  }

  @inline(__always)
  private mutating func recolour(_ change: (SIMD3<Float>) -> SIMD3<Float>) {
    guard shape.channels == 3 else { return }
    edit { pixels in
      for place in stride(from: 0, to: pixels.count, by: 3) {
        let new = change(SIMD3(pixels[place], pixels[place + 1], pixels[place + 2]))
        pixels[place] = new.x
        pixels[place + 1] = new.y
        pixels[place + 2] = new.z
      }
    }
  }
}

@inline(__always)
private func blend(_ first: SIMD3<Float>, _ second: SIMD3<Float>, _ ratio: Float) -> SIMD3<Float> {
  (ratio * first + (1 - ratio) * second).clamped(lowerBound: .zero, upperBound: .one)
}

/// The colour with another hue; value and saturation in HSV stay.
private func turned(_ colour: SIMD3<Float>, by amount: Float) -> SIMD3<Float> {
  let value = colour.max()
  let range = value - colour.min()
  guard range > 0 else { return colour }
  let rest = (value - colour) / range
  let sixths: Float =
    if value == colour.x {
      rest.z - rest.y
    } else if value == colour.y {
      2 + rest.x - rest.z
    } else {
      4 + rest.y - rest.x
    }
  let circle = sixths / 6 + amount
  let hue = 6 * (circle - circle.rounded(.down))
  let sector = hue.rounded(.down)
  let part = hue - sector
  let low = value - range
  let falling = value - range * part
  let rising = value - range * (1 - part)
  return switch Int(sector) % 6 {
  case 0: SIMD3(value, rising, low)
  case 1: SIMD3(falling, value, low)
  case 2: SIMD3(low, value, rising)
  case 3: SIMD3(low, falling, value)
  case 4: SIMD3(rising, low, value)
  default: SIMD3(value, low, falling)
  }
}
