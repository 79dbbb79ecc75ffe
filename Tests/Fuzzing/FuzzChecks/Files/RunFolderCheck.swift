import Documents
import Files
import Records
import Reports

/// What must hold for the folder of a complete run, of whose files one may contain anything.
struct RunFolderCheck: FileCheck {
  let seed: String
  private let file: RunFile
  private let folder = RunFolder(path: SeedFolder.run.copy())
  /// A run in which nothing is wrong.
  private let other: RunRecord
  /// Where what was read is written.
  private let copy = RunFolder(path: temporaryFolder())

  /// A check with inputs for `file`.
  init(_ file: RunFile) {
    self.file = file
    seed = SeedFolder.run.path(of: file.rawValue)
    let path = SeedFolder.run.copy()
    other = mustSucceed { try RunRecord(folder: RunFolder(path: path)) }
    precondition(isReadBack(), "the seed cannot be read")
    checkReports()
  }

  func check(_ bytes: [UInt8]) {
    write(bytes, to: folder.path(of: file))
    // Reports take long, and the trace is in none.
    if isReadBack(), file != .trace { checkReports() }
  }

  /// True if the file can be read. Checks that it can be written then, and is read back the same.
  private func isReadBack() -> Bool {
    switch file {
    case .manifest: isReadBack({ try $0.manifest() }, { try $0.write($1) })
    case .values: isReadBack({ try $0.values() }, { try $0.write($1) })
    case .origins: isReadBack({ try $0.origins() }, { try $0.write($1) })
    case .results: isReadBack({ try $0.results() }, { try $0.write($1) })
    case .history: isReadBack({ try $0.history() }, { try $0.write($1) })
    case .predictions: isReadBack({ try $0.predictions() }, { try $0.write($1) })
    case .trace: reporting { try folder.traceRows() } != nil
    default: preconditionFailure("'\(file.rawValue)' is not read")
    }
  }

  private func isReadBack<Value>(
    _ read: (RunFolder) throws -> Value, _ write: (RunFolder, Value) throws -> Void
  ) -> Bool {
    guard let value = reporting({ try read(folder) }) else { return false }
    mustSucceed {
      // Texts are compared, since NaN is not equal to itself.
      func written(_ value: Value) throws -> String {
        try write(copy, value)
        return try Storage.readText(copy.path(of: file))
      }
      let text = try written(value)
      let again = try written(read(copy))
      precondition(again == text, "something else is read back")
    }
    return true
  }

  /// Makes all reports of the run, and of what it has in common with the other.
  private func checkReports() {
    let catalog = RunCatalog(paths: [folder.path, other.folder.path])
    _ = catalog.list(width: 100)
    if let comparison = reporting({ try Comparison(catalog) }) {
      for format in TableFormat.allCases { _ = comparison.text(format, width: 100) }
      _ = ReportPage(comparison).html
    }
    for run in catalog.runs where run.folder == folder {
      _ = reporting {
        _ = run.summary(try run.folder.manifest(), width: 100)
        let diff = RunDiff(try .init(reading: run), try .init(reading: other))
        _ = diff.text(width: 100)
        _ = diff.json.indentedJSON
      }
    }
  }
}
