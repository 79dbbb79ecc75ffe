import Files

/// All kinds of inputs to predict.
enum InputCatalog {
  /// An input is of the first kind that it matches.
  static let all: [any InputKind.Type] = [
    PictureFolderInput.self, NPZInput.self, IDXInput.self, UnlabelledTable.self, PictureInput.self,
  ]

  /// The kind of what lies at `path`. Of a file its first bytes tell; only tables are known by their names.
  static func kind(of path: String) throws -> any InputKind.Type {
    let start = Storage.isFolder(path) ? nil : try InputFile(path: path).start
    guard let kind = try all.first(where: { try $0.matches(path, start: start) }) else {
      preconditionFailure("a file of no other kind is a picture")
    }
    return kind
  }
}

extension InputFile {
  /// The first bytes, of which there may be fewer.
  fileprivate var start: [UInt8] {
    get throws {
      try [UInt8](unsafeUninitializedCapacity: 6) { buffer, count in
        count = try read(into: UnsafeMutableRawBufferPointer(buffer))
      }
    }
  }
}

extension String {
  /// Advice on what can be predicted.
  static let inputKinds: String = {
    let names = InputCatalog.all.reversed().map { $0.name }
    return "inputs are \(names.dropLast().joined(separator: ", ")) and \(names[names.count - 1])"
  }()
}
