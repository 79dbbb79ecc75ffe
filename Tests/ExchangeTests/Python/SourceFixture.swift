import Exchange
import Foundation
import Testing

/// The text of the generated file among `files` is held against the fixture `name`; where they differ, it is written
/// beside the system's temporary files, from where it can be looked at and taken.
func expectFixture(_ name: String, _ files: [ExportedFile]) throws {
  let text = String(decoding: files[0].bytes, as: UTF8.self)
  let fixture = Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: nil)
  let wanted = try fixture.map { try String(contentsOf: $0, encoding: .utf8) }
  if text != wanted {
    try text.write(toFile: NSTemporaryDirectory() + name, atomically: false, encoding: .utf8)
  }
  #expect(text == wanted, "the text is in \(NSTemporaryDirectory())\(name)")
}
