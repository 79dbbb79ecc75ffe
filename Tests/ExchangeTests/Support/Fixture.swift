import Exchange
import Foundation
import Tensors
import Testing

/// A committed file that other programs have confirmed.
struct Fixture {
  let name: String

  /// Its bytes; nil if there is none.
  var bytes: [UInt8]? {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Fixtures/\(name)")
    return (try? Data(contentsOf: file)).map(Array.init)
  }

  /// Expects these bytes.
  func expect(_ found: [UInt8], confirmedBy check: String) throws {
    if found != bytes { try propose(found, confirmedBy: check) }
  }

  /// Expects the tensors of `expectation`: the same images, and probabilities within 1e-5.
  func expect(_ expectation: Expectation, confirmedBy check: String) throws {
    let known = try bytes.map { try Safetensors.decode($0) }
    let isSame =
      known?["images"] == expectation.images
      && known?["probabilities"].map { $0.isNear(expectation.probabilities) } == true
    if !isSame { try propose(expectation.file, confirmedBy: check) }
  }

  /// Records that `found` is another file, and writes it to a folder for temporary files.
  private func propose(_ found: [UInt8], confirmedBy check: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("exp-fixtures")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(found).write(to: folder.appendingPathComponent(name))
    Issue.record(
      "another '\(name)' is in \(folder.path): if \(check) with it in the fixture's place, it is the new one"
    )
  }
}

extension Tensor {
  fileprivate func isNear(_ other: Tensor) -> Bool {
    shape == other.shape && zip(values, other.values).allSatisfy { abs($0 - $1) <= 1e-5 }
  }
}
