import Datasets
import Foundation
import Tensors
import Testing

/// What Fixtures/make_scipy_fixtures.py wrote.
struct SciPyFixtures: Decodable {
  struct Move: Decodable, CustomTestStringConvertible {
    struct Step: Decodable {
      let kind: String
      let numbers: [Double]?
      let x: [Float]?
      let y: [Float]?
    }
    let name: String
    let shape: [Int]
    let image: [Float]
    let steps: [Step]
    let fill: String
    let interpolation: String
    let result: [Float]
    var testDescription: String { name }
  }
  struct Smooth: Decodable {
    let shape: [Int]
    let deviation: Double
    let noise: [Float]
    let result: [Float]
  }
  struct Strokes: Decodable {
    struct Result: Decodable {
      let pixels: Float
      let result: [Float]
    }
    let shape: [Int]
    let image: [Float]
    let results: [Result]
  }
  let moves: [Move]
  let smooth: [Smooth]
  let strokes: Strokes

  static let all = Result { () throws -> SciPyFixtures in
    let url = try #require(Bundle.module.url(forResource: "Fixtures/scipy", withExtension: "json"))
    return try JSONDecoder().decode(SciPyFixtures.self, from: Data(contentsOf: url))
  }
}

/// Computed in float32: a place is right to some 1e-6 of a pixel, and neighbours differ by up
/// to 1; their weighted mean is right to 1e-7.
private let tolerance: Float = 1e-5

func expectClose(
  _ found: [Float], _ wanted: [Float], _ tolerance: Float,
  _ location: SourceLocation = #_sourceLocation
) {
  #expect(found.count == wanted.count, sourceLocation: location)
  let difference = zip(found, wanted).map { abs($0 - $1) }
  #expect(difference.allSatisfy { $0 <= tolerance }, sourceLocation: location)
}

@Suite struct AugmentedImageTests {
  private static let moves = (try? SciPyFixtures.all.get().moves) ?? []

  @Test func thereAreFixtures() throws {
    #expect(try SciPyFixtures.all.get().moves.count >= 25)
  }

  @Test(arguments: moves)
  func aMoveIsSciPys(move: SciPyFixtures.Move) throws {
    let shape = ImageShape(height: move.shape[0], width: move.shape[1], channels: move.shape[2])
    let sampling = Sampling(
      try #require(FillMode(rawValue: move.fill)),
      try #require(Interpolation(rawValue: move.interpolation)))
    let found = try changed(move.image, shape) { image in
      for step in move.steps { try apply(step, to: &image, sampling) }
    }
    expectClose(found, move.result, tolerance)
  }

  private func apply(
    _ step: SciPyFixtures.Move.Step, to image: inout AugmentedImage, _ sampling: Sampling
  ) throws {
    let numbers = step.numbers ?? []
    switch step.kind {
    case "rotation": image.move(by: .rotation(degrees: numbers[0]), sampling)
    case "translation":
      image.move(by: .translation(right: numbers[0], down: numbers[1]), sampling)
    case "zoom": image.move(by: .zoom(width: numbers[0], height: numbers[1]), sampling)
    case "shear": image.move(by: .shear(degrees: numbers[0]), sampling)
    default:
      let (across, down) = (try #require(step.x), try #require(step.y))
      image.move(sampling) { x, y in
        _ = x.update(fromContentsOf: across)
        _ = y.update(fromContentsOf: down)
      }
    }
  }

  @Test func movesAreResampledOnce() {
    let shape = ImageShape(height: 5, width: 5, channels: 1)
    let found = changed(ramp(25), shape) { image in
      image.move(by: .translation(right: 0.5, down: 0), Sampling(.nearest))
      image.move(by: .translation(right: -0.5, down: 0), Sampling(.nearest))
    }
    #expect(found == ramp(25), "resampled twice, neighbours would have run into each other")
  }

  @Test func pixelsAreSeenAsTheyWereMoved() {
    let shape = ImageShape(height: 1, width: 3, channels: 1)
    let found = changed([0.25, 0.5, 0.75], shape) { image in
      image.move(by: .translation(right: 1, down: 0), Sampling())
      image.edit { pixels in
        #expect(Array(pixels) == [0, 0.25, 0.5])
        pixels[0] = 1
      }
      image.move(by: .translation(right: 1, down: 0), Sampling(.nearest))
      image.move(by: .translation(right: 1, down: 0), Sampling())
    }
    #expect(found == [0, 1, 1], "each with what its own step sees beyond the edges")
  }

  @Test(arguments: FillMode.allCases, Interpolation.allCases)
  func `colours move as each channel would alone`(
    fill: FillMode, interpolation: Interpolation
  ) {
    let sampling = Sampling(fill, interpolation)
    // Fewer columns than a vector has lanes, as many, and more.
    for width in [1, 7, 32, 45] {
      let (height, count) = (6, 6 * width)
      func moved(_ image: [Float], channels: Int) -> [Float] {
        changed(image, ImageShape(height: height, width: width, channels: channels)) {
          $0.move(by: .rotation(degrees: 23), sampling)
          $0.move(by: .translation(right: 1.3, down: -0.4), sampling)
        }
      }
      let coloured = ramp(3 * count)
      let found = moved(coloured, channels: 3)
      for channel in 0..<3 {
        let places = stride(from: channel, to: 3 * count, by: 3)
        expectClose(
          places.map { found[$0] }, moved(places.map { coloured[$0] }, channels: 1), 1e-6)
      }
    }
  }
}
