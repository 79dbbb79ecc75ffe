import Foundation
import Tensors
import Testing

/// What Fixtures/make_torchvision_fixtures.py wrote.
struct TorchvisionFixtures: Decodable {
  struct Picture: Decodable {
    let shape: [Int]
    let image: [Float]
    var imageShape: ImageShape {
      ImageShape(height: shape[0], width: shape[1], channels: shape[2])
    }
  }
  struct Change: Decodable, CustomTestStringConvertible {
    struct Arguments: Decodable {
      let factor: Float?
      let height, width: Int?
      let sigma: Double?
      let down, right: Int?
      let fill: Float?
      let corners: [[Double]]?
    }
    let name: String
    let shape: [Int]
    let image: [Float]
    let arguments: Arguments
    let result: [Float]
    var imageShape: ImageShape {
      ImageShape(height: shape[0], width: shape[1], channels: shape[2])
    }
    var testDescription: String { "\(name), \(imageShape), \(arguments)" }
  }
  struct Operation: Decodable, CustomTestStringConvertible {
    let operation: String
    let limits: String
    let level: Int
    let isReversed: Bool
    let isGrey: Bool
    let result: [Float]
    var testDescription: String {
      "\(limits), \(operation), level \(level)\(isReversed ? " reversed" : ""), \(isGrey ? "grey" : "colours")"
    }
  }
  struct Equalized: Decodable {
    let shape: [Int]
    let image: [Float]
    let result: [Float]
  }
  let changes: [Change]
  let colours, grey: Picture
  let operations: [Operation]
  let equalized: Equalized

  static let all = Result { () throws -> TorchvisionFixtures in
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/torchvision", withExtension: "json"))
    return try JSONDecoder().decode(TorchvisionFixtures.self, from: Data(contentsOf: url))
  }

  /// The changes of that name.
  static func changes(_ name: String) -> [Change] {
    ((try? all.get().changes) ?? []).filter { $0.name == name }
  }

  static let operations = (try? all.get().operations) ?? []
}

/// Images have numbers from 0 to 1 in float32, the fixtures six digits.
let torchvisionTolerance: Float = 2e-5
