import Files
import TextLayout

/// A search for run folders, which does not read their files.
struct RunSearch {
  /// Folders of runs, and folders that should be, each once.
  private(set) var found: [Found] = []
  /// Folders that cannot be searched.
  private(set) var problems: [RunProblem] = []
  /// Folders below the searched one without a run in them; of nested ones only the topmost.
  private(set) var strays: [RunProblem] = []

  /// A folder under the path that was searched, and its one path without links.
  struct Found {
    let folder: RunFolder
    let canonicalPath: String
  }

  private var seen: Set<String> = []
  /// The deepest level searched, so that an argument such as `/` does not search a whole disk.
  private static let deepest = 4
  /// Files that only `exp` makes: a folder with one of them is a run, or was.
  private static let telling = [RunFile.manifest, .results, .resolved, .values, .weights].map(
    \.rawValue)

  /// Looks at and below `path`.
  mutating func search(_ path: String) {
    let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    do {
      // The folder that the user named may be without runs.
      _ = try search(
        path, name: Storage.name(of: path), canonicalPath: Storage.canonicalPath(path), depth: 0)
    } catch {
      problems.append(RunProblem(path: path, reason: "\(error)"))
    }
  }

  /// `canonicalPath` identifies the folder; below it only links have to be resolved.
  ///
  /// Returns the reason why the folder has nothing to do with runs; nil if it has.
  private mutating func search(
    _ path: String, name: String, canonicalPath: String, depth: Int
  ) throws(StorageError) -> String? {
    guard seen.insert(canonicalPath).inserted else { return nil }
    let folder = Found(folder: RunFolder(path: path), canonicalPath: canonicalPath)
    if Self.isNamedLikeRun(name) {
      found.append(folder)
      return nil
    }
    let entries = try Folder(path).entries()
    if entries.contains(where: { Self.telling.contains($0.name) }) {
      found.append(folder)
      return nil
    }
    var (hasRuns, strays) = (false, [RunProblem]())
    for (name, kind) in entries where depth < Self.deepest && (kind == .folder || kind == .link) {
      guard !name.unicodeScalars.contains(where: \.steersTerminal) else {
        let path = path + "/" + name.withoutControlCharacters
        problems.append(RunProblem(path: path, reason: "its name has control characters"))
        hasRuns = true
        continue
      }
      let path = path + "/" + name
      do {
        let target =
          kind == .folder ? canonicalPath + "/" + name : try Storage.canonicalPath(path)
        guard kind == .folder || Storage.isFolder(target) else { continue }
        let reason = try search(path, name: name, canonicalPath: target, depth: depth + 1)
        if let reason {
          strays.append(RunProblem(path: path, reason: reason))
        } else {
          hasRuns = true
        }
      } catch {
        let reason =
          error.isMissing && kind == .link ? "it is a link to what is not there" : "\(error)"
        problems.append(RunProblem(path: path, reason: reason))
        hasRuns = true
      }
    }
    if hasRuns || depth == 0 { self.strays += strays }
    return hasRuns ? nil : entries.isEmpty ? "it is empty" : "there is no run in it"
  }

  /// The folders and problems whose paths satisfy `isWanted`.
  func filtered(_ isWanted: (String) -> Bool) -> RunSearch {
    var search = RunSearch()
    search.found = found.filter { isWanted($0.folder.path) }
    search.problems = problems.filter { isWanted($0.path) }
    search.strays = strays.filter { isWanted($0.path) }
    return search
  }

  /// True if `name` is like `2026-11-22_21-06-06_seed-0`.
  private static func isNamedLikeRun(_ name: String) -> Bool {
    let pattern = "dddd-dd-dd_dd-dd-dd_"
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard name.utf8.count > pattern.utf8.count else { return false }
    for (byte, wanted) in zip(name.utf8, pattern.utf8) {
      guard wanted == UInt8(ascii: "d") ? digits.contains(byte) : byte == wanted else {
        return false
      }
    }
    let rest = name.utf8.dropFirst(pattern.utf8.count - 1)
    return rest.indices.contains { rest[$0...].starts(with: "_seed-".utf8) }
  }
}
