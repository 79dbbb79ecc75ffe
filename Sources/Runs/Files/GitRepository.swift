/// Which commit a folder's Git repository has checked out, read without running Git.
public enum GitCommit {
  /// The commit at HEAD of the repository that `folder` lies in; nil if it lies in none, if there is
  /// no commit yet, or if the repository cannot be read.
  public static func current(in folder: String) -> String? {
    guard let repository = repository(of: folder), let head = line(repository + "/HEAD") else {
      return nil
    }
    guard let name = value(head, after: "ref: ") else { return head }
    // The branches of a second working tree are in the repository of the first.
    let common = line(repository + "/commondir").map { path($0, in: repository) } ?? repository
    return line(common + "/" + name) ?? packed(name, in: common)
  }

  private static func repository(of folder: String) -> String? {
    guard var folder = try? Storage.canonicalPath(folder) else { return nil }
    while true {
      let candidate = folder + "/.git"
      if Storage.isFolder(candidate) { return candidate }
      if let target = line(candidate).flatMap({ value($0, after: "gitdir: ") }) {
        return path(target, in: folder)
      }
      let above = Storage.parent(of: folder)
      if above == folder { return nil }
      folder = above
    }
  }

  private static func packed(_ name: String, in repository: String) -> String? {
    guard let text = try? Storage.readText(repository + "/packed-refs") else { return nil }
    let line = text.split(separator: "\n").first { $0.hasSuffix(" " + name) }
    return line.map { String($0.prefix { $0 != " " }) }
  }

  private static func line(_ path: String) -> String? {
    guard let text = try? Storage.readText(path) else { return nil }
    return text.split(separator: "\n").first.map(String.init)
  }

  private static func value(_ line: String, after prefix: String) -> String? {
    line.hasPrefix(prefix) ? String(line.dropFirst(prefix.count)) : nil
  }

  private static func path(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") ? path : folder + "/" + path
  }
}
