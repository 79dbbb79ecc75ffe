internal import Glibc

/// The path of a file or folder. A relative one starts at the folder of the spec that it is written in, one from the
/// command line at the folder that the command is given in.
public struct FilePath: SpecValue, Hashable, ExpressibleByStringLiteral {
  /// As the program opens it.
  public let path: String

  /// The path as it is.
  public init(_ path: String) { self.path = path }

  public init(stringLiteral path: String) { self.init(path) }

  public static var schema: Schema { .described("a path", .text([("minLength", .integer(1))])) }

  public static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> FilePath? {
    guard case .scalar(let text, _) = node.kind, !node.isNull else {
      reportWrongType(node, &diagnostics)
      return nil
    }
    guard !text.isEmpty else {
      diagnostics.error(.outOfRange, "must not be empty", at: node.location)
      return nil
    }
    return FilePath(node.location.file.resolve(text))
  }

  /// The same from the root, without links; as it is if there is no such file or folder.
  public var absolute: FilePath {
    guard let found = realpath(path, nil) else { return self }
    defer { free(found) }
    return FilePath(String(cString: found))
  }

  public var tree: SpecTree { .string(path) }
}
