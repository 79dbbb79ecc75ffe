import Diagnostics
import Documents
import Specs

/// A file of parameters, told by its path, or by `{file: path, sha256: …}`, which holds only as long as the file is
/// what it was.
package struct WeightsFile: SpecValue, Hashable {
  package var path: FilePath
  /// SHA-256 of the file, in hexadecimal.
  package var sha256: String?

  package init(path: FilePath, sha256: String?) {
    self.path = path
    self.sha256 = sha256
  }

  package static var schema: Schema {
    .described(
      "the path of a file",
      .alternatives([.text([("minLength", .integer(1))]), .spec(Checked.self)]))
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> WeightsFile? {
    if case .map = node.kind {
      return Checked.decode(node, &diagnostics).map {
        WeightsFile(path: $0.file, sha256: $0.sha256)
      }
    }
    return FilePath.decode(node, &diagnostics).map { WeightsFile(path: $0, sha256: nil) }
  }

  package var tree: PlainValue {
    guard let sha256 else { return path.tree }
    return .map([("file", path.tree), ("sha256", .string(sha256))])
  }

  /// The file's checksum: its contents decide a run's result, wherever it lies.
  package var treeWithoutDefaults: PlainValue { .string(sha256 ?? path.path) }

  private struct Checked: Spec {
    static let type = "weights"
    static let summary = "A file that must be what it was."
    @Field("The file's path.", example: "weights.safetensors") var file: FilePath
    @Field(
      "SHA-256 of the file, in hexadecimal.",
      example: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", .nonEmpty)
    var sha256: String
  }
}
