import Foundation
import Testing

/// Swift repairs text that is not UTF-8, and a repaired path leads somewhere else.
@Suite struct SystemTextTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.writeStripes()
  }

  @Test func `an argument that is not UTF-8 is refused, and nothing is made of it`() throws {
    let before = place.names(in: ".")
    let ending = try place.exp(
      "run stripes.yaml --output-dir", after: #"set -- "$@" "$(printf 'r\377')""#)
    #expect(ending.code == 64)
    #expect(ending.error.hasPrefix("error: argument 4 is not UTF-8: 'r\u{FFFD}'"))
    #expect(place.names(in: ".") == before)
  }

  @Test(arguments: ["EXP_DATA_DIR", "XDG_CACHE_HOME", "HOME", "TMPDIR"])
  func `nor is a folder in the environment`(name: String) throws {
    let ending = try place.exp(
      "run stripes.yaml", after: #"export \#(name)="$(printf '/r\377')""#)
    #expect(ending.code == 64)
    #expect(ending.error.hasPrefix("error: the variable \(name) is not UTF-8: '/r\u{FFFD}'"))
  }

  @Test func `a working folder with any name will do`() throws {
    let ending = try place.exp(
      "run ../stripes.yaml",
      after: #"mkdir "$(printf 'w\377')" && cd "$(printf 'w\377')" && export HOME=/"#)
    #expect(ending.code == 0, "\(ending.error)")
  }
}
