import Datasets
import Diagnostics
import Specs
import Tensors
import Testing

typealias Augmentation = [OneOf<AugmentationCatalog>]

/// The steps that `yaml` declares; throws all that is wrong with them.
func augmentation(_ yaml: String) throws -> Augmentation {
  var diagnostics = Diagnostics()
  let node = try YAML.parse(SourceFile(path: "a.yaml", text: yaml))
  let steps = Augmentation.decode(node, &diagnostics)
  AugmentationCatalog.reportMisplaced(
    in: steps ?? [], last: node.items.last?.location, &diagnostics)
  guard let steps, !diagnostics.hasErrors else { throw diagnostics }
  return steps
}

/// What is wrong with `yaml`: for each mistake its line and column, the message and the hint.
func mistakes(_ yaml: String) throws -> [String] {
  do {
    _ = try augmentation(yaml)
    return []
  } catch let error as Diagnostics {
    return error.all.map(text)
  }
}

/// What is wrong with `yaml` for images of `shape`, likewise.
func misfits(_ yaml: String, _ shape: ImageShape) throws -> [String] {
  var diagnostics = Diagnostics()
  AugmentationCatalog.validate(try augmentation(yaml), for: shape, &diagnostics)
  return diagnostics.all.map(text)
}

private func text(_ mistake: Diagnostic) -> String {
  let place = mistake.location.map { "\($0.line):\($0.column): " } ?? ""
  return place + mistake.message + (mistake.hint.map { "; \($0)" } ?? "")
}

/// What `yaml` is warned of: line and column, and the message.
func warnings(_ yaml: String) throws -> [String] {
  var diagnostics = Diagnostics()
  let node = try YAML.parse(SourceFile(path: "a.yaml", text: yaml))
  _ = Augmentation.decode(node, &diagnostics)
  #expect(!diagnostics.hasErrors)
  return diagnostics.all.map { warning in
    (warning.location.map { "\($0.line):\($0.column): " } ?? "") + warning.message
  }
}

/// `image` after `change`.
func changed(
  _ image: [Float], _ shape: ImageShape, seed: UInt64 = 0, sample: Int = 0,
  _ change: (inout AugmentedImage) throws -> Void
) rethrows -> [Float] {
  var pixels = image
  var scratch = [Float](repeating: .nan, count: AugmentedImage.scratchCount(for: shape))
  try pixels.withUnsafeMutableBufferPointer { pixels in
    try scratch.withUnsafeMutableBufferPointer { scratch in
      guard let start = pixels.baseAddress, let room = scratch.baseAddress else { return }
      var image = AugmentedImage(
        start, shape: shape, scratch: room, draws: AugmentationDraws(seed: seed, sample: sample))
      try change(&image)
      image.finish()
    }
  }
  return pixels
}

/// `image` after the steps of `yaml`, as sample number `sample`.
func augmented(
  _ image: [Float], _ shape: ImageShape, _ yaml: String, seed: UInt64 = 0, sample: Int = 0
) throws -> [Float] {
  let steps = PreparedStep.all(of: try augmentation(yaml), for: shape)
  return changed(image, shape, seed: seed, sample: sample) { image in
    for step in steps { step.apply(to: &image) }
  }
}

/// The maps that the steps of `yaml` draw for 2000 samples.
func drawnMaps(_ yaml: String) throws -> [AffineMap] {
  let shape = ImageShape(height: 28, width: 28, channels: 1)
  let steps = PreparedStep.all(of: try augmentation(yaml), for: shape)
  let blank = [Float](repeating: 0, count: 784)
  var maps: [AffineMap] = []
  for sample in 0..<2000 {
    _ = changed(blank, shape, sample: sample) { image in
      for step in steps { step.apply(to: &image) }
      maps.append(image.map)
    }
  }
  return maps
}

/// Expects that `numbers` are spread evenly over `range`, from end to end.
func expectUniform(
  _ numbers: [Double], over range: ClosedRange<Double>,
  _ location: SourceLocation = #_sourceLocation
) {
  let (low, length) = (range.lowerBound, range.upperBound - range.lowerBound)
  let parts = numbers.map { ($0 - low) / length }
  #expect(parts.allSatisfy { (-1e-6...1.000001).contains($0) }, sourceLocation: location)
  // Kolmogorov's distance; 1.95 / √n is exceeded once in a thousand times.
  let distance =
    parts.sorted().enumerated().map { rank, part in
      abs(part - (Double(rank) + 0.5) / Double(parts.count))
    }.max() ?? 1
  #expect(distance < 1.95 / Double(parts.count).squareRoot(), sourceLocation: location)
}

/// A stretch of different numbers between 0 and 1.
func ramp(_ count: Int) -> [Float] {
  (0..<count).map { Float(($0 * 37) % 101) / 101 }
}

/// 8×8 pixels.
let square = ImageShape(height: 8, width: 8, channels: 1)
/// Four pixels.
let pixels = ImageShape(height: 2, width: 2, channels: 1)
