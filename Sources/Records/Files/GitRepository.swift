import Files

/// A Git repository with its working tree.
package struct GitRepository: Sendable {
  /// The top folder of the working tree.
  let root: String
  /// The folder of the files that belong to this working tree alone: `.git`, as a rule.
  let folder: String
  /// The folder of all other files: a second working tree has its branches in the repository of the first.
  let common: String

  /// The repository that contains the folder at `path`; nil if there is none.
  package init?(containing path: String) {
    guard var root = try? Storage.canonicalPath(path) else { return nil }
    while true {
      if let folder = Self.folder(of: root) {
        self.root = root
        self.folder = folder
        common = Self.line(folder + "/commondir").map { Self.path($0, in: folder) } ?? folder
        return
      }
      let above = Storage.parent(of: root)
      if above == root { return nil }
      root = above
    }
  }

  /// The commit at HEAD, read without running Git; nil if there is none yet, or it cannot be read.
  package var commit: String? {
    guard let head = Self.line(folder + "/HEAD") else { return nil }
    guard let name = Self.value(head, after: "ref: ") else { return head }
    return Self.line(common + "/" + name) ?? packed(name)
  }

  private static func folder(of root: String) -> String? {
    let candidate = root + "/.git"
    if Storage.isFolder(candidate) { return candidate }
    return line(candidate).flatMap { value($0, after: "gitdir: ") }.map { path($0, in: root) }
  }

  private func packed(_ name: String) -> String? {
    guard let text = try? Storage.readText(common + "/packed-refs", limit: 1 << 26) else {
      return nil
    }
    let line = text.split(separator: "\n").first { $0.hasSuffix(" " + name) }
    return line.map { String($0.prefix { $0 != " " }) }
  }

  private static func line(_ path: String) -> String? {
    guard let text = try? Storage.readText(path, limit: 1 << 16) else { return nil }
    return text.split(separator: "\n").first.map(String.init)
  }

  private static func value(_ line: String, after prefix: String) -> String? {
    line.hasPrefix(prefix) ? String(line.dropFirst(prefix.count)) : nil
  }

  private static func path(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") ? path : folder + "/" + path
  }
}
