import Datasets
import Tensors
import Testing

@Suite struct RandomFlipTests {
  /// Three pixels wide and two high, of two channels.
  private static let shape = ImageShape(height: 2, width: 3, channels: 2)
  private static let image: [Float] = (0..<12).map { Float($0) / 16 + 0.01 }

  private static func mirrored(_ columns: [Int], _ rows: [Int]) -> [Float] {
    rows.flatMap { row in
      columns.flatMap { column in (0..<2).map { image[(row * 3 + column) * 2 + $0] } }
    }
  }

  private static let across = mirrored([2, 1, 0], [0, 1])
  private static let upsideDown = mirrored([0, 1, 2], [1, 0])
  private static let both = mirrored([2, 1, 0], [1, 0])

  /// How often each image comes of 2000.
  private func counts(_ yaml: String) throws -> [[Float]: Int] {
    try (0..<2000).reduce(into: [:]) { counts, sample in
      counts[try augmented(Self.image, Self.shape, yaml, sample: sample), default: 0] += 1
    }
  }

  @Test(arguments: [("horizontal", across), ("vertical", upsideDown)])
  func halfOfTheImagesAreMirroredToTheBit(mode: String, mirrored: [Float]) throws {
    let counts = try counts("[{type: random_flip, mode: \(mode)}]")
    #expect(Set(counts.keys) == [Self.image, mirrored])
    #expect(abs((counts[mirrored] ?? 0) - 1000) < 90)
  }

  @Test func unlessToldOtherwiseBothDirectionsAreDrawnApart() throws {
    let counts = try counts("[random_flip]")
    #expect(Set(counts.keys) == [Self.image, Self.across, Self.upsideDown, Self.both])
    #expect(counts.values.allSatisfy { abs($0 - 500) < 80 })
  }

  @Test func itSharesTheResamplingOfOtherSteps() throws {
    let turn = "{type: random_rotation, degrees: 30}"
    let maps = try drawnMaps("[\(turn), {type: random_flip, mode: horizontal}, \(turn)]")
    // A mirrored map has a negative determinant.
    let determinants = maps.map { $0.matrix.x.x * $0.matrix.y.y - $0.matrix.x.y * $0.matrix.y.x }
    #expect(determinants.allSatisfy { abs(abs($0) - 1) < 1e-9 })
    #expect(abs(determinants.count { $0 < 0 } - 1000) < 90)
  }

  @Test func whatIsBentIsMirroredWithIt() throws {
    let bend = "{type: elastic_transform, displacement: 1, smoothness: 2}"
    let plain = try (0..<20).map {
      try augmented(ramp(64), square, "[\(bend)]", sample: $0)
    }
    for (sample, bent) in plain.enumerated() {
      let found = try augmented(
        ramp(64), square, "[\(bend), {type: random_flip, mode: horizontal}]", sample: sample)
      let rows = stride(from: 0, to: 64, by: 8).map { bent[$0..<$0 + 8] }
      let mirrored = rows.flatMap { $0.reversed() }
      #expect(
        zip(found, bent).allSatisfy { abs($0 - $1) < 1e-5 }
          || zip(found, mirrored).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }

  @Test func otherModesAreNotThere() throws {
    #expect(
      try mistakes("[{type: random_flip, mode: both}]") == [
        "1:28: needs one of horizontal, vertical, horizontal_and_vertical, got 'both'"
      ])
  }
}
