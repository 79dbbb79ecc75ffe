import Files

extension RunCatalog {
  /// The names by which runs below `root` can be called: their paths below it, and before these the folders that they
  /// are in. Nothing is read of the runs; where nothing can be looked into there are none.
  package static func names(in root: String) -> [String] {
    guard Storage.isFolder(root) else { return [] }
    var search = RunSearch()
    search.search(root)
    let runs = search.found.map { String($0.folder.path.dropFirst(root.count + 1)) }
    let folders = Set(runs.filter { $0.contains("/") }.map(Storage.parent))
    return folders.sorted() + runs.sorted()
  }
}
