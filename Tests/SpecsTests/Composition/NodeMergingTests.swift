import Diagnostics
import Foundation
import Specs
import Testing

/// What a file makes of those that it extends.
@Suite struct NodeMergingTests {
  private func merged(_ own: String, over base: String) throws -> String {
    let folder = try Folder(["base.yaml": base, "own.yaml": "extends: base.yaml\n" + own])
    return json(try folder.read("own.yaml").node)
  }

  @Test(arguments: [
    ("a: 1", "b: 2", #"{"a":1,"b":2}"#),
    ("a: {b: 1, c: 2}", "a: {c: 3, d: 4}", #"{"a":{"b":1,"c":3,"d":4}}"#),
    ("a: [1, 2]", "a: [3]", #"{"a":[3]}"#),
    ("a: {b: 1}", "a: 2", #"{"a":2}"#),
    ("a: 1\nb: 2", "a: ~", #"{"b":2}"#),
    ("a: {b: 1, c: 2}", "a: {b: ~}", #"{"a":{"c":2}}"#),
    ("a: {b: 1}", "a:", "{}"),
    // Nothing is inherited, so that nothing can be taken away.
    ("b: 1", "a: ~", #"{"b":1,"a":null}"#),
    ("a: ~", "a: ~", #"{"a":null}"#),
    (
      "o: {type: adam, beta_1: 0.8}", "o: {beta_2: 0.9}",
      #"{"o":{"type":"adam","beta_1":0.8,"beta_2":0.9}}"#
    ),
    (
      "o: {type: adam, beta_1: 0.8}", "o: {type: sgd, momentum: 0.9}",
      #"{"o":{"type":"sgd","momentum":0.9}}"#
    ),
    (
      "o: {type: adam, beta_1: 0.8}", "o: {type: adam, beta_2: 0.9}",
      #"{"o":{"type":"adam","beta_1":0.8,"beta_2":0.9}}"#
    ),
    ("o: adam", "o: {beta_1: 0.8}", #"{"o":{"type":"adam","beta_1":0.8}}"#),
    ("o: {type: adam, beta_1: 0.8}", "o: adam", #"{"o":"adam"}"#),
    ("r: 0.1", "r: {warmup: 1}", #"{"r":{"warmup":1}}"#),
  ])
  func `maps are merged, all else is replaced, and so are things of another type`(
    _ base: String, _ own: String, _ expected: String
  ) throws {
    #expect(try merged(own, over: base) == expected)
  }
}

/// A folder of spec files, removed with the test.
final class Folder {
  let path: String

  init(_ files: [String: String]) throws {
    path = NSTemporaryDirectory() + "exp-" + UUID().uuidString.prefix(8)
    for (name, text) in files {
      let url = URL(fileURLWithPath: "\(path)/\(name)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The tree of `file` with what it extends, and what is wrong, as a user sees it in this folder.
  func read(_ file: String) throws -> (node: Node?, findings: String) {
    var diagnostics = Diagnostics()
    let spec = SpecFile.read("\(path)/\(file)", &diagnostics)
    return (spec?.tree, diagnostics.rendered().replacing(path + "/", with: ""))
  }
}
