import Files
import Glibc

/// The folders where datasets are looked for, in this order: the one that the user names, the one
/// in the environment variable `EXP_DATA_DIR`, the user's cache folder.
///
/// Dataset `mnist` lies in the subfolder `mnist` of any of them.
package struct DataLocations: Sendable {
  /// The folders, in the order of the search; the last one is the cache folder.
  package let folders: [String]
  /// The folder that the user names.
  private let named: String?
  /// Called with one line of text before something slow, such as a download.
  let report: @Sendable (String) -> Void

  /// Locations with `dataDirectory` searched first.
  package init(
    dataDirectory: String? = nil, report: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.init(
      dataDirectory: dataDirectory,
      environment: { getenv($0).map { String(cString: $0) } }, report: report)
  }

  package init(
    dataDirectory: String? = nil, environment: (String) -> String?,
    report: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    named = dataDirectory.flatMap { $0.isEmpty ? nil : $0 }
    let first = [dataDirectory, environment("EXP_DATA_DIR")].compactMap(\.self)
    folders = first.filter { !$0.isEmpty } + [Self.cacheFolder(environment)]
    self.report = report
  }

  /// The folder that a spec names by `path`: one with its name in the folder that the user names, itself, or one with
  /// its name in the other folders; itself if there is none.
  ///
  /// With `file` only folders that have such a file count, also the one that the user names itself.
  package func folder(of path: String, with file: (String) -> Bool) -> String {
    let name = Storage.name(of: path)
    let own = named.map { ["\($0)/\(name)", $0] } ?? []
    let others = [path] + folders.map { "\($0)/\(name)" }
    return (own + others).first { Storage.isFolder($0) && file($0) }
      ?? ([path] + own + others).first(where: Storage.isFolder) ?? path
  }

  /// The file that a spec names by `path`: one with its name in the folder that the user names, itself, or one with its
  /// name in the other folders; itself if there is none.
  package func file(of path: String) -> String {
    let name = Storage.name(of: path)
    let places = (named.map { ["\($0)/\(name)"] } ?? []) + [path] + folders.map { "\($0)/\(name)" }
    return places.first(where: Storage.exists) ?? path
  }

  /// The digests of files that were read before, kept in the cache folder.
  var digests: FileIndex {
    FileIndex("digests", in: try? Folder(cacheFolder), IndexPolicy(fewest: 1)) { [cacheFolder] in
      try Storage.createFolder(cacheFolder)
      return try Folder(cacheFolder)
    }
  }

  /// The folder for downloads.
  package var cacheFolder: String { folders[folders.count - 1] }

  /// `$XDG_CACHE_HOME/exp`, or `~/.cache/exp` where that variable holds no absolute path.
  private static func cacheFolder(_ environment: (String) -> String?) -> String {
    if let folder = environment("XDG_CACHE_HOME"), folder.hasPrefix("/") { return "\(folder)/exp" }
    let home = environment("HOME") ?? getpwuid(getuid()).map { String(cString: $0.pointee.pw_dir) }
    return "\(home ?? "")/.cache/exp"
  }
}

/// The path of the file `name` or `name.gz` in `folder`; nil if there is neither.
func findFile(_ name: String, in folder: String) throws -> String? {
  for path in ["\(folder)/\(name)", "\(folder)/\(name).gz"] {
    if faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) == 0 { return path }
    guard errno == ENOENT || errno == ENOTDIR else {
      throw DatasetError.opening(path, errorNumber: errno)
    }
  }
  return nil
}
