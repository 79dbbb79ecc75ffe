import Diagnostics
import Documents
import Glibc
import TextLayout

/// The path of a file or folder. A relative one starts at the folder of the spec that it is written in, one from the
/// command line at the folder that the command is given in.
package struct FilePath: SpecValue, Hashable, ExpressibleByStringLiteral {
  /// As the program opens it.
  package let path: String

  /// The path as it is.
  package init(_ path: String) { self.path = path }

  package init(stringLiteral path: String) { self.init(path) }

  package static var schema: Schema { .described("a path", .text([("minLength", .integer(1))])) }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> FilePath? {
    guard case .scalar(let text, _) = node.kind, !node.isNull else {
      reportWrongType(node, &diagnostics)
      return nil
    }
    guard !text.isEmpty else {
      diagnostics.error(.outOfRange, "must not be empty", at: node.location)
      return nil
    }
    // Messages name it, and a line break in it would begin another message.
    guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
      diagnostics.error(.outOfRange, "must have no control characters", at: node.location)
      return nil
    }
    if let unexpanded = unexpandedPart(of: text) {
      diagnostics.error(
        .outOfRange, "\(unexpanded.quoted) is not expanded here: no shell reads a spec",
        at: node.location,
        hint: "write the folder itself, or a path relative to this file")
      return nil
    }
    return FilePath(node.location.file.resolve(text))
  }

  /// The part of a path that only a shell could expand: `~`, or `$HOME`; nil if there is none.
  private static func unexpandedPart(of path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    if parts[0] == "~" { return "~" }
    return parts.first { $0.wholeMatch(of: /\$\{?[A-Z_][A-Z0-9_]*\}?/) != nil }.map(String.init)
  }

  /// The same from the root, without links; as it is if there is no such file or folder, or a folder above it has a name
  /// that is not UTF-8.
  package var absolute: FilePath {
    guard let found = realpath(path, nil) else { return self }
    defer { free(found) }
    return String(validatingCString: found).map { FilePath($0) } ?? self
  }

  package var tree: PlainValue { .string(path) }
}
