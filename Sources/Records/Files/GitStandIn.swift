import ChildPrograms
import Files
import Glibc

/// A temporary repository of our own with the commit, the objects and the index of another one.
///
/// Git runs programs that a repository's configuration names: filters, hooks, monitors of files. No option disables all
/// of them, and what is checked beforehand may have changed when Git reads it. So Git is never shown that configuration.
final class GitStandIn {
  private let path: String
  private let root: String
  private let objects: String

  /// Stands in for `repository`, where `commit` is checked out.
  init(for repository: GitRepository, at commit: String) throws {
    path = try Storage.createTemporaryFolder()
    root = repository.root
    objects = repository.common + "/objects"
    try Storage.createFolder(path + "/refs")
    _ = try Storage.create(commit + "\n", at: path + "/HEAD")
    let usesSHA256 = commit.utf8.count == 64
    _ = try Storage.create(
      """
      [core]
        repositoryformatversion = \(usesSHA256 ? 1 : 0)
        bare = false
        quotepath = off
      [diff]
        autoRefreshIndex = false

      """ + (usesSHA256 ? "[extensions]\n  objectformat = sha256\n" : ""), at: path + "/config")
    // Data only: attributes name filters, but it takes a configuration to make programs of them.
    try Storage.createLink(path + "/info", to: repository.common + "/info")
    // Without an index every file would count as removed.
    guard try Folder(repository.folder).kind(of: "index") == .file else {
      throw StorageError(.read, repository.folder + "/index", code: ENOENT)
    }
    for (name, kind) in try Folder(repository.folder).entries()
    where kind == .file && (name == "index" || name.hasPrefix("sharedindex.")) {
      try Storage.createLink("\(path)/\(name)", to: "\(repository.folder)/\(name)")
    }
  }

  deinit { try? Storage.removeTree(path) }

  /// Git with `arguments`, which knows this repository and no other.
  func git(_ arguments: [String]) -> ChildProgram {
    var git = ChildProgram(["git", "-C", root] + arguments)
    // Git's variables may refer to another repository, as they do in a hook.
    git.hiddenVariables = "GIT_"
    git.variables = ["GIT_DIR=\(path)", "GIT_WORK_TREE=\(root)", "GIT_OBJECT_DIRECTORY=\(objects)"]
    git.isQuiet = true
    git.timeLimit = .seconds(10)
    return git
  }

  /// Variables that hide the configuration of user and system: programs in it may read the folder that they run in.
  var noUserConfiguration: [String] {
    ["GIT_CONFIG_NOSYSTEM=1", "HOME=\(path)", "XDG_CONFIG_HOME=\(path)"]
  }

  /// The settings of the user and of `repository` that decide whether files differ, as `key=value`; nil if they cannot
  /// be read, or Git would refuse the repository, since it is another user's and not listed as safe.
  func settings(of repository: GitRepository) -> [String]? {
    guard let users = settings([]) else { return nil }
    guard repository.isOwn || Self.safeFolders(users).contains(where: repository.isCovered) else {
      return nil
    }
    // A copy, since Git should read what was found to be a small, regular file.
    let (file, copy) = (repository.common + "/config", path + "/other-config")
    if Storage.exists(file) {
      guard let bytes = try? Storage.read(file, limit: 1 << 20),
        (try? Storage.write(bytes, to: copy)) != nil
      else { return nil }
    }
    guard let own = Storage.exists(copy) ? settings(["--file", copy, "--no-includes"]) : [] else {
      return nil
    }
    return (users + own).filter { $0.key != Self.safeKey }.map { "\($0.key)=\($0.value)" }
  }

  private static let safeKey = "safe.directory"

  /// The settings from the place that `options` name. Those asked for can name no program.
  private func settings(_ options: [String]) -> [(key: String, value: String)]? {
    let pattern = #"^(core\.(autocrlf|eol|filemode|symlinks)|safe\.directory)$"#
    let git = git(["config", "--null"] + options + ["--get-regexp", pattern])
    // 1: there are none.
    guard let (ending, output) = try? git.run(),
      [.exited(status: 0), .exited(status: 1)].contains(ending)
    else { return nil }
    return output.split(separator: 0).map { entry in
      let parts = entry.split(
        separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false
      )
      .map { String(decoding: $0, as: UTF8.self) }
      return (parts[0], parts.count == 2 ? parts[1] : "true")
    }
  }

  /// The folders that the user lists as safe; an empty entry takes back those before it.
  private static func safeFolders(_ settings: [(key: String, value: String)]) -> [String] {
    let folders = settings.filter { $0.key == safeKey }.map(\.value)
    return Array(folders.split(separator: "", omittingEmptySubsequences: false).last ?? [])
  }
}

extension GitRepository {
  /// True if all of its places belong to this user.
  fileprivate var isOwn: Bool {
    [root, root + "/.git", folder, common].allSatisfy(Storage.isOwn)
  }

  /// True if `folder`, an entry of `safe.directory`, means this repository.
  fileprivate func isCovered(by folder: String) -> Bool {
    folder == "*" || folder == root || folder.hasSuffix("/*") && root.hasPrefix(folder.dropLast())
  }
}
