import Exchange
import Foundation
import Testing

/// Holds the generated file among `files` against the fixture `name`. Where they differ, it is written to a folder for
/// temporary files.
///
/// `SourceInteropTests` runs files of the same networks in the libraries.
func expectFixture(_ name: String, _ files: [ExportedFile]) throws {
  let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Fixtures/\(name)")
  guard (try? Data(contentsOf: fixture)) != Data(files[0].bytes) else { return }
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("exp-fixtures")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  try Data(files[0].bytes).write(to: folder.appendingPathComponent(name))
  Issue.record(
    "another file: if SourceInteropTests pass, that in \(folder.path) is the new fixture")
}
