/// All formats that a network can be exported in.
package enum ExportCatalog {
  package static let all: [any ExportFormat.Type] = [
    ONNXFile.self, SafetensorsFile.self, PyTorchFile.self, KerasFile.self,
  ]

  /// The format of a file at `path`: the `wanted` one, else that which the name's ending says, in upper or lower case;
  /// ONNX if there is no name, or it has no ending.
  ///
  /// Throws if the ending is that of another format than the wanted one, or says none by itself.
  package static func format(
    _ wanted: (any ExportFormat.Type)?, at path: String?
  ) throws(ExportFormatError) -> any ExportFormat.Type {
    guard let path, let ending = ending(of: path) else { return wanted ?? ONNXFile.self }
    let named = all.filter { $0.ending == ending }
    if let wanted {
      guard named.isEmpty || named.contains(where: { $0 == wanted }) else {
        throw .otherEnding(path: path, wanted: wanted, named: named)
      }
      return wanted
    }
    guard let format = named.first else { throw .unknownEnding(path: path) }
    guard named.count == 1 else { throw .ambiguousEnding(path: path, named: named) }
    return format
  }

  /// Throws if one of `options` changes nothing in files of `format`.
  package static func require(
    _ options: [ExportOption], in format: any ExportFormat.Type
  ) throws(ExportFormatError) {
    for option in options where !format.options.contains(option) {
      throw .unusedOption(option, format: format)
    }
  }

  /// The ending of the file's name, in lower case and with the dot.
  private static func ending(of path: String) -> String? {
    let name = path.fileName
    guard let dot = name.lastIndex(of: "."), name[dot...].count > 1 else { return nil }
    return name[dot...].lowercased()
  }
}
