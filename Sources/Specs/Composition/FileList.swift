import Diagnostics
import Documents

/// The files that a spec extends: a path, or a list of them.
package struct FileList: SpecValue {
  /// The paths, each a scalar.
  let paths: [Node]

  package static var schema: Schema {
    .described(
      "a path or a list of paths",
      .alternatives([FilePath.schema, .list(FilePath.schema, [("maxItems", .integer(most))])]))
  }

  /// The most files one spec may name.
  private static let most = 100

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> FileList? {
    let paths: [Node]
    switch node.kind {
    case .scalar where !node.isNull: paths = [node]
    case .list(let items): paths = items
    default:
      reportWrongType(node, &diagnostics)
      return nil
    }
    let readable = paths.filter { FilePath.decode($0, &diagnostics) != nil }
    guard paths.count <= most else {
      diagnostics.error(
        .outOfRange, "must have at most \(most) items, got \(paths.count)", at: node.location)
      return nil
    }
    return readable.count == paths.count ? FileList(paths: paths) : nil
  }

  package var tree: PlainValue { .list(paths.map { .string($0.text ?? "") }) }
}
