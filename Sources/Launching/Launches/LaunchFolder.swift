import Diagnostics
import Documents
import Files
import Glibc
import Records
import Specs
import TextLayout

/// The folder of a launch: `runs/.launches/2026-11-30_14-21-27_k3f9`.
package struct LaunchFolder: Sendable {
  package let path: String

  package static let parent = ".launches"
  private static let record = "launch.json"
  private static let specsFile = "specs.json"
  private static let script = "job.sh"
  /// The most bytes of a record, and of the specs.
  private static let limit = 1 << 28

  /// The folder of the launch `id` of runs in `root`.
  package init(root: String, id: String) { path = "\(root)/\(Self.parent)/\(id)" }

  /// The folder of the launch whose specs are the file at `path`.
  package init(ofSpecs path: String) { self.path = Storage.parent(of: path) }

  /// The folder of the launch in `root` whose ID has `part` in it; without one, of the newest.
  package static func find(_ part: String?, root: String) throws -> LaunchFolder {
    let parent = "\(root)/\(Self.parent)"
    // A folder without a record is no launch; a full disk may have left it.
    let ids = (Storage.isFolder(parent) ? try Folder(parent).names() : []).filter {
      Storage.isFile("\(parent)/\($0)/\(record)")
    }
    guard let part else {
      guard let last = ids.last else { throw LaunchSearchError(what: "no launch in '\(root)'") }
      return LaunchFolder(root: root, id: last)
    }
    let found = ids.contains(part) ? [part] : ids.filter { $0.contains(part) }
    guard let id = found.first, found.count == 1 else {
      let count = found.isEmpty ? "no" : "\(found.count) launches"
      throw LaunchSearchError(
        what: found.isEmpty
          ? "no launch \(part.quoted) in '\(root)'" : "\(count) in '\(root)' match \(part.quoted)",
        others: (found.isEmpty ? ids : found).suffix(5))
    }
    return LaunchFolder(root: root, id: id)
  }

  /// Makes the folder, with all that workers need. If that fails, there is none.
  package func create(_ launch: Launch, specs: SpecSnapshot, script: String) throws {
    do {
      try Storage.createFolder(path)
      let folder = try Folder(path)
      try folder.write(PlainValue(encoding: specs).indentedJSON, to: Self.specsFile)
      try folder.write(Array(script.utf8), to: Self.script, mode: 0o755)
      try write(launch)
    } catch {
      remove()
      throw error
    }
  }

  /// Removes the folder of a launch that was not submitted.
  package func remove() {
    guard let parent = try? Folder(Storage.parent(of: path)) else { return }
    parent.removeFolder(
      Storage.name(of: path), files: [Self.record, Self.specsFile, Self.script])
    rmdir(parent.path)  // unless there are others
  }

  package func write(_ launch: Launch) throws {
    try Folder(path).write(PlainValue(encoding: launch).indentedJSON, to: Self.record)
  }

  package func launch() throws -> Launch {
    let launch: Launch = try read(Self.record)
    // The name of the job is made of it.
    guard launch.id == Storage.name(of: path), (1...1000).contains(launch.workers) else {
      throw DamagedFileError(path: "\(path)/\(Self.record)", reason: "it is of another launch")
    }
    return launch
  }

  /// The file of these specs.
  package var specsPath: String { "\(path)/\(Self.specsFile)" }

  package var scriptPath: String { "\(path)/\(Self.script)" }

  /// The log of a worker.
  package func logPath(of worker: Int) -> String { "\(path)/\(worker).log" }

  /// The specs as they were when the launch was made.
  package func specs() throws -> SpecSnapshot { try read(Self.specsFile) }

  private func read<Value: Decodable>(_ name: String) throws -> Value {
    let text = try Folder(path).readText(name, limit: Self.limit)
    do {
      return try Value(json: text)
    } catch let error as JSONError {
      throw DamagedFileError(path: "\(path)/\(name)", reason: error.reason)
    }
  }

  /// The last error that a worker wrote to the end of its log, or else the last line, without control characters; nil if
  /// there is none.
  func lastWords(of worker: Int) -> String? {
    let tail = try? Folder(path).withFile("\(worker).log") { file, size in
      var bytes = [UInt8](repeating: 0, count: min(size, 2000))
      let count = pread(file, &bytes, bytes.count, size - bytes.count)
      return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
    let lines = tail?.split(separator: "\n") ?? []
    return (lines.last { $0.lowercased().contains("error: ") } ?? lines.last).map {
      String($0).withoutControlCharacters
    }
  }
}

/// The error that there is no such launch.
package struct LaunchSearchError: Error, CustomStringConvertible {
  let what: String
  var others: ArraySlice<String> = []

  package var description: String {
    let hint =
      others.isEmpty
      ? "'exp run FILE --launcher slurm' makes one" : "there are \(others.joined(separator: ", "))"
    return "there is \(what)\nhint: \(hint)"
  }
}

extension LaunchSearchError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}
