import Foundation
import Testing

/// What `make_pillow_fixtures.py` wrote.
struct PillowFixtures: Decodable {
  struct Decoding: Decodable, CustomTestStringConvertible {
    let file: String
    let background: UInt8
    let orientation: Int
    let shape: [Int]
    let pixels: Data

    var testDescription: String { file }
  }

  struct Resizing: Decodable, CustomTestStringConvertible {
    let file: String
    let size: [Int]
    let fit: String
    let interpolation: String
    let background: UInt8
    let pixels: Data

    var testDescription: String { "\(file) to \(size), \(fit), \(interpolation)" }
  }

  let decoding: [Decoding]
  let resizing: [Resizing]
  let luma: Data

  static func read() throws -> PillowFixtures {
    try JSONDecoder().decode(Self.self, from: Data(bytes(of: "pillow.json")))
  }

  /// The bytes of a file among the fixtures.
  static func bytes(of name: String) throws -> [UInt8] {
    let folder = try #require(Bundle.module.resourceURL)
    return [UInt8](try Data(contentsOf: folder.appending(path: "pillow/\(name)")))
  }
}
