/// Changes of the numbers on their way from black to white, as torchvision makes them of bytes: numbers are rounded to
/// one of 256 levels where that matters.
extension AugmentedImage {
  /// Keeps only the highest `bits` of each number's eight.
  package mutating func posterize(bits: Int) {
    guard bits < 8 else { return }
    let mask = 0xFF << (8 - bits)
    edit { pixels in
      for place in pixels.indices { pixels[place] = number(level(pixels[place]) & mask) }
    }
  }

  /// Inverts the numbers from `threshold` on, which is from 0 to 1.
  package mutating func solarize(threshold: Double) {
    // Thirtieths of 255 are whole numbers only nearly.
    let lowest = Int((255 * threshold - 1e-9).rounded(.up))
    edit { pixels in
      for place in pixels.indices where level(pixels[place]) >= lowest {
        pixels[place] = 1 - pixels[place]
      }
    }
  }

  /// Stretches each channel so that its darkest number becomes 0 and its brightest 1.
  package mutating func stretchContrast() {
    let channels = shape.channels
    edit { pixels in
      for channel in 0..<channels {
        let places = stride(from: channel, to: pixels.count, by: channels)
        var (low, high): (Float, Float) = (1, 0)
        for place in places {
          low = min(low, pixels[place])
          high = max(high, pixels[place])
        }
        guard low < high else { continue }
        for place in places { pixels[place] = (pixels[place] - low) / (high - low) }
      }
    }
  }

  /// Spreads the levels of each channel so that each is about as frequent, as Pillow's `equalize`.
  package mutating func equalize() {
    let channels = shape.channels
    edit { pixels in
      for channel in 0..<channels {
        let places = stride(from: channel, to: pixels.count, by: channels)
        withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { counts in
          counts.initialize(repeating: 0)
          for place in places { counts[level(pixels[place])] += 1 }
          let brightest = counts.last { $0 > 0 } ?? 0
          let step = (pixels.count / channels - brightest) / 255
          guard step > 0 else { return }
          // Each count becomes the level that replaces its own.
          var sum = step / 2
          for index in counts.indices {
            let count = counts[index]
            counts[index] = min(sum / step, 255)
            sum += count
          }
          for place in places { pixels[place] = number(counts[level(pixels[place])]) }
        }
      }
    }
  }
}

/// The nearest of the 256 levels.
@inline(__always)
private func level(_ number: Float) -> Int { Int(min(max(number, 0), 1) * 255 + 0.5) }

@inline(__always)
private func number(_ level: Int) -> Float { Float(level) * (1 / 255) }
