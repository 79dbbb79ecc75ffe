import Diagnostics
import Documents
import Specs

/// A file of parameters, told by its path, or by a map that says which layers are taken from it.
package struct WeightsFile: SpecValue {
  package var path: FilePath
  /// SHA-256 of the file, in hexadecimal; nil to take it as it is.
  package var sha256: String?
  /// The layers that are taken; nil for all.
  package let layers: [LayerPattern]?
  /// The layers that are not taken, even if `layers` has them.
  package let except: [LayerPattern]
  /// Names in the file, and the model's for them.
  package let rename: NamedMap<String>?
  /// Names of the layers that these patterns take of the model, once it is known.
  private var taken: [String]?

  /// Whether the file may have more than what is taken.
  package var isPartial: Bool { layers != nil || !except.isEmpty }

  package static var schema: Schema {
    .described(
      "the path of a file, or a map of file, layers and others",
      .alternatives([.text([("minLength", .integer(1))]), .spec(Parts.self)]))
  }

  package static func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> WeightsFile? {
    guard case .map = node.kind else {
      return FilePath.decode(node, &diagnostics).map {
        WeightsFile(path: $0, sha256: nil, layers: nil, except: [], rename: nil)
      }
    }
    return Parts.decode(node, &diagnostics).map {
      WeightsFile(
        path: $0.file, sha256: $0.sha256, layers: $0.layers, except: $0.except, rename: $0.rename)
    }
  }

  package var tree: PlainValue {
    let members: [PlainValue.Entry?] = [
      sha256.map { ("sha256", .string($0)) }, layers.map { ("layers", $0.tree) },
      except.isEmpty ? nil : ("except", except.tree), rename.map { ("rename", $0.tree) },
    ]
    let others = members.compactMap(\.self)
    return others.isEmpty ? path.tree : .map([("file", path.tree)] + others)
  }

  /// The file's checksum and what is taken of it: this decides a run's result, wherever the file lies and however the
  /// layers are named.
  package var treeWithoutDefaults: PlainValue {
    let contents = PlainValue.string(sha256 ?? path.path)
    guard isPartial || rename != nil else { return contents }
    let members: [PlainValue.Entry?] = [
      ("contents", contents),
      isPartial ? ("taken", .list((taken ?? []).map(PlainValue.string))) : nil,
      rename.map { rename in
        ("rename", .list(rename.entries.map { .list([.string($0.name), .string($0.value)]) }))
      },
    ]
    return .map(members.compactMap(\.self))
  }

  /// The same for a file that lies at `path` with `sha256`, when the names of the layers `taken` are known.
  package func resolved(path: FilePath, sha256: String?, taken: Set<String>?) -> WeightsFile {
    var file = self
    file.path = path
    file.sha256 = sha256
    file.taken = taken?.sorted()
    return file
  }

  /// The names of the layers of `graph` with parameters that are taken from the file; nil if a pattern stands for no
  /// layer or nothing is left, which is then reported.
  package func layers(
    of graph: LayerGraph, at location: Location?, _ diagnostics: inout Diagnostics
  ) -> Set<String>? {
    let errors = diagnostics.errorReportCount
    let all = graph.layers.dropFirst()
    let names = all.map(\.name)
    let chosen = layers?.layers(among: names, &diagnostics) ?? Set(names)
    let left = chosen.subtracting(except.layers(among: names, &diagnostics))
    guard diagnostics.errorReportCount == errors else { return nil }
    let taken = Set(all.filter { $0.parameterCount > 0 && left.contains($0.name) }.map(\.name))
    if taken.isEmpty {
      diagnostics.error(
        .nothingTaken, "no layer with parameters is taken from the file", at: location,
        hint: "without 'weights' all layers begin anew")
    }
    return taken.isEmpty ? nil : taken
  }

  private struct Parts: Spec {
    static let type = "weights"
    static let summary = "A file of parameters, and what is taken of it."
    @Field("The file's path.", example: "weights.safetensors") var file: FilePath
    @Field(
      "SHA-256 that the file must have, in hexadecimal.",
      example: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", .sha256)
    var sha256: String?
    @Field(
      "The layers that are taken from the file: names, with '*' for any characters. By default all; "
        + "with 'layers' or 'except' the file may have more than is taken.",
      example: "[conv2d*]")
    var layers: [LayerPattern]?
    @Field("Layers that are not taken, but begin anew.", example: "[dense]")
    var except: [LayerPattern] = []
    @Field(
      "Names in the file, or their beginnings up to a dot, and the model's for them; of those that fit, the longest counts.",
      example: "{backbone.stem: conv2d, fc.weight: dense.weight}")
    var rename: NamedMap<String>?

    static var otherKeys: OtherNames {
      ["file": ["path"], "layers": ["include", "only"], "except": ["exclude", "skip"]]
    }
  }
}

extension Check where Value == String? {
  /// As `sha256sum` writes it.
  fileprivate static var sha256: Self {
    Check("must have 64 hexadecimal digits", bounds: [("pattern", .string("^[0-9A-Fa-f]{64}$"))]) {
      $0.map { $0.utf8.count == 64 && $0.allSatisfy { $0.isASCII && $0.isHexDigit } } ?? true
    }
  }
}
