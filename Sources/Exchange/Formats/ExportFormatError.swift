import Diagnostics

/// The reason why a file, or an option, does not go with a format.
package enum ExportFormatError: Error, Sendable {
  /// Files of no format have names that end so.
  case unknownEnding(path: String)
  /// Files of several formats have.
  case ambiguousEnding(path: String, named: [any ExportFormat.Type])
  /// Files of others than the wanted format have.
  case otherEnding(
    path: String, wanted: any ExportFormat.Type, named: [any ExportFormat.Type])
  /// The option changes nothing in a file of that format.
  case unusedOption(ExportOption, format: any ExportFormat.Type)
  /// Python would take the file for a module that the file itself needs.
  case hidesModule(path: String, module: String)
}

extension ExportFormatError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownEnding(let path):
      "'\(path)' ends as files of no format do\n"
        + "hint: name a file that ends in \(Self.endings), or say which format by '--format'"
    case .ambiguousEnding(let path, let named):
      "'\(path)' could be of several formats\nhint: add \(Self.options(named))"
    case .otherEnding(let path, let wanted, let named):
      "'--format \(wanted.name)' writes files that end in '\(wanted.ending)', but '\(path)' ends as one of "
        + "\(Self.alternatives(named.map { $0.name }))\n"
        + "hint: name a file that ends in '\(wanted.ending)', or say \(Self.options(named))"
    case .unusedOption(let option, let format):
      "'\(option.rawValue)' changes nothing in a file of the format \(format.name)\nhint: it is for "
        + Self.options(ExportCatalog.all.filter { $0.options.contains(option) })
    case .hidesModule(let path, let module):
      "'\(path)' would hide the Python module '\(module)', which it needs\nhint: choose another name"
    }
  }

  /// The endings of all formats, each once.
  private static var endings: String {
    var known: Set<String> = []
    let endings = ExportCatalog.all.map { $0.ending }.filter { known.insert($0).inserted }
    return alternatives(endings.map { "'\($0)'" })
  }

  /// The ways of asking for one of `formats`.
  private static func options(_ formats: [any ExportFormat.Type]) -> String {
    alternatives(formats.map { "'--format \($0.name)'" })
  }

  private static func alternatives(_ words: [String]) -> String {
    (words.count > 1 ? words.dropLast().joined(separator: ", ") + " or " : "")
      + words.suffix(1).joined()
  }
}

extension ExportFormatError: ReportableError {
  package var exitStatus: ExitStatus { .usage }
}
