import Files

/// A Git repository with its working tree.
package struct GitRepository: Sendable {
  /// The top folder of the working tree.
  let root: String
  /// The folder of the files that belong to this working tree alone: `.git`, as a rule.
  let folder: String
  /// The folder of all other files: a second working tree has its branches in the repository of the first.
  let common: String

  /// The repository that contains the folder at `path`; nil if there is none, or its `.git` cannot be understood.
  package init?(containing path: String) {
    guard var root = try? Storage.canonicalPath(path) else { return nil }
    while !Storage.exists(root + "/.git") {
      let above = Storage.parent(of: root)
      if above == root { return nil }
      root = above
    }
    guard let folder = Self.folder(of: root), let common = Self.common(of: folder) else {
      return nil
    }
    self.root = root
    self.folder = folder
    self.common = common
  }

  /// The commit at HEAD, read without running Git; nil if there is none yet, or it cannot be read.
  package var commit: String? {
    guard let head = Self.text(folder + "/HEAD") else { return nil }
    guard let name = Self.value(head, after: "ref: ") else { return Self.objectName(head) }
    guard name.hasPrefix("refs/"), !name.contains("..") else { return nil }
    return (Self.text(common + "/" + name) ?? packed(name)).flatMap(Self.objectName)
  }

  private static func folder(of root: String) -> String? {
    let candidate = root + "/.git"
    if Storage.isFolder(candidate) { return candidate }
    return text(candidate).flatMap { value($0, after: "gitdir: ") }.flatMap { path($0, in: root) }
  }

  private static func common(of folder: String) -> String? {
    let file = folder + "/commondir"
    return Storage.exists(file) ? text(file).flatMap { path($0, in: folder) } : folder
  }

  private func packed(_ name: String) -> String? {
    guard let text = try? Storage.readText(common + "/packed-refs", limit: 1 << 26) else {
      return nil
    }
    return text.utf8.split(separator: UInt8(ascii: "\n")).lazy.map { $0.split(separator: 32) }
      .first { $0.count == 2 && $0[1].elementsEqual(name.utf8) }.map { String(Substring($0[0])) }
  }

  /// The text of a file that holds one line. Git strips what is stripped here, and no more.
  private static func text(_ path: String) -> String? {
    guard let text = try? Storage.readText(path, limit: 1 << 13) else { return nil }
    let ends = [UInt8(ascii: "\n"), UInt8(ascii: "\r")]
    return text.utf8.lastIndex { !ends.contains($0) }.map { String(text.utf8[...$0]) ?? "" }
  }

  /// `text` if it is the name of an object: 40 hexadecimal digits (SHA-1), or 64 (SHA-256).
  private static func objectName(_ text: String) -> String? {
    let digits = text.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    return digits && [40, 64].contains(text.utf8.count) ? text : nil
  }

  private static func value(_ text: String, after prefix: String) -> String? {
    text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
  }

  /// The place that `path` names as seen from `folder`; nil for one with control characters, which Git takes as they
  /// are.
  private static func path(_ path: String, in folder: String) -> String? {
    guard !path.isEmpty, path.utf8.allSatisfy({ $0 >= 32 }) else { return nil }
    return path.hasPrefix("/") ? path : folder + "/" + path
  }
}
