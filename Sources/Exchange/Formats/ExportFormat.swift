/// A kind of file that a network is exported as.
package protocol ExportFormat: Sendable {
  /// The name by which users ask for it.
  static var name: String { get }
  /// The ending of its file's name, in lower case and with the dot.
  static var ending: String { get }
  /// The options that change something in its files.
  static var options: Set<ExportOption> { get }

  /// The path of the file of `model` if its user names none.
  static func usualPath(of model: ExportedModel) -> String

  /// The files of `model`: that at `path`, and those that belong beside it.
  static func files(
    of model: ExportedModel, at path: String, _ settings: ExportSettings
  ) throws -> [ExportedFile]

  /// A line that says how to use the file at `path`.
  static func usage(of path: String) -> String
}

extension ExportFormat {
  package static func usualPath(of model: ExportedModel) -> String { model.name + ending }
}

/// An option that changes something in files of some formats only; its raw value is its name.
package enum ExportOption: String, Hashable, Sendable {
  case layout = "--layout"
  case input = "--input"
  case calibrated = "--calibrated"
}

/// The choices that users have beside the format.
package struct ExportSettings: Sendable {
  package let layout: ONNXFile.Layout
  package let input: ONNXFile.Input
  /// The version of this program.
  package let version: String

  package init(
    layout: ONNXFile.Layout = .nchw, input: ONNXFile.Input = .float, version: String
  ) {
    self.layout = layout
    self.input = input
    self.version = version
  }
}

/// A file of an export.
package struct ExportedFile: Sendable {
  package let path: String
  package let bytes: [UInt8]
}
