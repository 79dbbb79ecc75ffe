import Foundation
import Testing

/// A file that one of the scripts in `Fixtures` wrote.
func fixture(_ name: String) throws -> Data {
  let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: nil))
  return try Data(contentsOf: url)
}
