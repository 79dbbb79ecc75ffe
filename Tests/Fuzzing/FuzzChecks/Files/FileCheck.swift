import Datasets
import Diagnostics
import Files
import Foundation
import Records

/// What must hold for whatever a file contains.
package protocol FileCheck {
  /// The path of a valid file.
  var seed: String { get }

  /// Checks the file that `bytes` are. Stops the program where something is wrong that no error says.
  func check(_ bytes: [UInt8])
}

/// The check of the file called `name`.
package func fileCheck(of name: String) -> any FileCheck {
  switch RunFile(rawValue: name) {
  case nil where name == "state": StateCheck()
  case nil where name == "table.csv": DatasetFileCheck<CSVTable>(name) { $0.path = $1 }
  case nil where name == "arrays.npz": DatasetFileCheck<NPZArrays>(name) { $0.path = $1 }
  case nil where name.hasPrefix("picture."): PictureCheck(name)
  case nil where name == "data_batch.bin": CIFARCheck()
  case nil where name == "archive.tar": ArchiveCheck()
  case nil where ["evaluation.json", "ensemble.json"].contains(name): EvaluationCheck(name)
  case nil: DataFolderCheck(name)
  case .weights: SafetensorsCheck()
  case let file?: RunFolderCheck(file)
  }
}

/// A folder of valid files, to be copied.
struct SeedFolder {
  static let run = SeedFolder("run")
  static let data = SeedFolder("data")
  static let pictures = SeedFolder("pictures")
  static let catalogue = SeedFolder("catalogue")

  private let path: String

  private init(_ name: String) {
    path = #filePath.components(separatedBy: "/FuzzChecks/")[0] + "/Seeds/" + name
  }

  func path(of file: String) -> String { path + "/" + file }

  /// The path of a copy.
  func copy() -> String {
    let copy = temporaryFolder()
    mustSucceed {
      for file in try Folder(path).names() {
        try FileManager.default.copyItem(atPath: path(of: file), toPath: copy + "/" + file)
      }
    }
    return copy
  }
}

/// A new folder; `make fuzz` removes it with all others.
func temporaryFolder() -> String {
  let path = FileManager.default.temporaryDirectory.path + "/fuzz-" + UUID().uuidString
  mustSucceed {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
  return path
}

/// Writes a file without waiting for the disk, as thousands of times in a second.
func write(_ bytes: [UInt8], to path: String) {
  mustSucceed { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
}

/// The result of `body`, which depends on no input.
func mustSucceed<Value>(_ body: () throws -> Value) -> Value {
  do {
    return try body()
  } catch {
    preconditionFailure("\(error)")
  }
}

/// The result of `body`; nil if it throws an error that commands report.
func reporting<Value>(_ body: () throws -> Value) -> Value? {
  do {
    return try body()
  } catch let error as any ReportableError {
    _ = error.rendered(color: true, width: 40)
    return nil
  } catch {
    preconditionFailure("an error without an exit status: \(error)")
  }
}
