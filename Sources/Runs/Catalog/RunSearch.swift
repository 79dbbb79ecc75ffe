/// Looks for run folders, without reading what is in them.
struct RunSearch {
  /// Folders of runs, and what should be, each once.
  private(set) var found: [Found] = []
  /// What cannot be looked into.
  private(set) var problems: [RunProblem] = []

  /// A folder under the path that was searched, and its one path without links.
  struct Found {
    let folder: RunFolder
    let canonicalPath: String
  }

  private var seen: Set<String> = []
  /// Folders of folders of runs are searched too, but no whole disk.
  private static let deepest = 4
  /// Files that only `exp` makes: a folder with one of them is a run, or was.
  private static let telling = [RunFile.manifest, .results, .resolved, .weights].map(\.rawValue)

  /// Looks at and below `path`.
  mutating func search(_ path: String) {
    do {
      try search(
        path, name: Storage.name(of: path), canonicalPath: Storage.canonicalPath(path), depth: 0)
    } catch {
      problems.append(RunProblem(path: path, reason: "\(error)"))
    }
  }

  /// `canonicalPath` tells the folder from all others; below it only links have to be followed.
  private mutating func search(
    _ path: String, name: String, canonicalPath: String, depth: Int
  ) throws(StorageError) {
    guard seen.insert(canonicalPath).inserted else { return }
    let folder = Found(folder: RunFolder(path: path), canonicalPath: canonicalPath)
    if Self.isNamedLikeRun(name) { return found.append(folder) }
    let entries = try Storage.entries(in: path)
    if entries.contains(where: { Self.telling.contains($0.name) }) {
      return found.append(folder)
    }
    guard depth < Self.deepest else { return }
    for (name, kind) in entries where kind != .other {
      let path = path + "/" + name
      do {
        if kind == .folder {
          let canonicalPath = canonicalPath + "/" + name
          try search(path, name: name, canonicalPath: canonicalPath, depth: depth + 1)
        } else {
          let target = try Storage.canonicalPath(path)
          guard Storage.isFolder(target) else { continue }
          try search(path, name: name, canonicalPath: target, depth: depth + 1)
        }
      } catch {
        let reason = error.isMissing ? "it is a link to what is not there" : "\(error)"
        problems.append(RunProblem(path: path, reason: reason))
      }
    }
  }

  /// What is found and cannot be searched, where `isWanted` says so of its path.
  func filtered(_ isWanted: (String) -> Bool) -> RunSearch {
    var search = RunSearch()
    search.found = found.filter { isWanted($0.folder.path) }
    search.problems = problems.filter { isWanted($0.path) }
    return search
  }

  /// Whether `name` is like `2026-11-22_21-06-06_seed-0`.
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
