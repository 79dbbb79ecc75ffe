import Files

extension RunCatalog {
  /// The names by which arguments can refer to runs below `root`: first the folders of runs, then the runs' paths below
  /// `root`. The runs are not read; folders that cannot be searched have no names.
  package static func names(in root: String) -> [String] {
    guard Storage.isFolder(root) else { return [] }
    var search = RunSearch()
    search.search(root)
    let runs = search.found.map { String($0.folder.path.dropFirst(root.count + 1)) }
    let folders = Set(runs.filter { $0.contains("/") }.map(Storage.parent))
    return folders.sorted() + runs.sorted()
  }
}
