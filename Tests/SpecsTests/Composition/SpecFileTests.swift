import Diagnostics
import Foundation
import Specs
import Testing

@Suite struct SpecFileTests {
  @Test func `of several files the later counts, and the file itself most`() throws {
    let folder = try Folder([
      "a.yaml": "x: 1\ny: 1\nz: 1\n", "b.yaml": "y: 2\nz: 2\n",
      "own.yaml": "extends: [a.yaml, b.yaml]\nz: 3\n",
    ])
    #expect(json(try folder.read("own.yaml").node) == #"{"x":1,"y":2,"z":3}"#)
  }

  @Test func `paths are relative to the file that names them`() throws {
    let folder = try Folder([
      "own/spec.yaml": "extends: ../base/one.yaml\n", "base/one.yaml": "extends: two.yaml\na: 1\n",
      "base/two.yaml": "b: 2\n",
    ])
    #expect(json(try folder.read("own/spec.yaml").node) == #"{"b":2,"a":1}"#)
  }

  @Test func `a file may be extended on two ways`() throws {
    let folder = try Folder([
      "own.yaml": "extends: [a.yaml, b.yaml]\n", "a.yaml": "extends: c.yaml\na: 1\n",
      "b.yaml": "extends: c.yaml\nb: 1\n", "c.yaml": "c: 1\n",
    ])
    #expect(json(try folder.read("own.yaml").node) == #"{"c":1,"a":1,"b":1}"#)
  }

  @Test func `what is extended is a regular file, whatever extends it`() throws {
    let folder = try Folder(["own.yaml": "extends: pipe\n", "zero.yaml": "extends: /dev/zero\n"])
    #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
    var diagnostics = Diagnostics()
    for file in ["own.yaml", "zero.yaml"] {
      #expect(SpecFile.read("\(folder.path)/\(file)", mayBePipe: true, &diagnostics) == nil)
    }
    #expect(
      diagnostics.all.map(\.message) == [
        "cannot read '\(folder.path)/pipe': it is not a regular file",
        "cannot read '/dev/zero': it is not a regular file",
      ])
    #expect(diagnostics.all.compactMap(\.location?.line) == [1, 1])
  }

  @Test func `every value keeps its place`() throws {
    let folder = try Folder(["own.yaml": "extends: a.yaml\nb: 1\n", "a.yaml": "\na: 1\n"])
    let node = try folder.read("own.yaml").node
    #expect(node?["a"]?.location.description == "\(folder.path)/a.yaml:2:4")
    #expect(node?["b"]?.location.description == "\(folder.path)/own.yaml:2:4")
  }

  @Test(arguments: [
    (
      ["own.yaml": "extends: own.yaml\n"],
      """
      own.yaml:1:10: error: 'own.yaml' extends itself
          1 | extends: own.yaml
            |          ^
      """
    ),
    (
      [
        "own.yaml": "extends: a.yaml\n", "a.yaml": "extends: [b.yaml]\n",
        "b.yaml": "x: 1\nextends: a.yaml\n",
      ],
      """
      a.yaml:1:11: error: 'a.yaml' extends itself
          1 | extends: [b.yaml]
            |           ^
      b.yaml:2:10: note: through this
      """
    ),
    (
      ["own.yaml": "extends: a.yaml\n", "a.yaml": "extends: gone.yaml\n"],
      """
      a.yaml:1:10: error: cannot read 'gone.yaml': No such file or directory
          1 | extends: gone.yaml
            |          ^
      own.yaml:1:10: note: which is extended here
      """
    ),
    (
      ["own.yaml": "extends: {a: 1}\n"],
      """
      own.yaml:1:10: error: needs a path or a list of paths, got a map
          1 | extends: {a: 1}
            |          ^
      """
    ),
    (
      ["own.yaml": "extends: [a.yaml, [b]]\n", "a.yaml": ""],
      """
      own.yaml:1:19: error: needs a path, got a list
          1 | extends: [a.yaml, [b]]
            |                   ^
      """
    ),
    (
      ["own.yaml": "extends: a.yaml\n", "a.yaml": "a: 1\na: 2\n"],
      """
      a.yaml:2:1: error: 'a' comes twice
          2 | a: 2
            | ^
      a.yaml:1:1: note: it is first set here
      hint: remove one of the two
      """
    ),
  ])
  func `circles and files that cannot be read are shown with the way to them`(
    _ files: [String: String], _ expected: String
  ) throws {
    let folder = try Folder(files)
    #expect(try folder.read("own.yaml").findings == expected)
  }

  /// A longer chain would overflow the stack.
  @Test func `files extend one another only so often`() throws {
    var files = ["100.yaml": "a: 1\n"]
    for number in 0..<100 { files["\(number).yaml"] = "extends: \(number + 1).yaml\n" }
    let folder = try Folder(files)
    var diagnostics = Diagnostics()
    #expect(SpecFile.read("\(folder.path)/0.yaml", &diagnostics) == nil)
    #expect(diagnostics.all.map(\.message) == ["more than 50 files extend one another"])
    diagnostics = Diagnostics()
    #expect(SpecFile.read("\(folder.path)/60.yaml", &diagnostics) != nil)
  }
}
