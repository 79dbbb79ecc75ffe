import Datasets
import Files
import Specs

/// What must hold for a folder of IDX files, one of which may contain anything.
struct DataFolderCheck: FileCheck {
  let seed: String
  private let file: String
  private let folder = SeedFolder.data.copy()

  /// A check with inputs for `file`.
  init(_ file: String) {
    seed = SeedFolder.data.path(of: file)
    self.file = folder + "/" + file
    check(mustSucceed { try Storage.read(seed) })
    precondition(load() != nil, "the seed cannot be read")
  }

  func check(_ bytes: [UInt8]) {
    write(bytes, to: file)
    let plain = load()
    guard !isGzip(bytes) else { return }
    write(gzip(bytes), to: file)
    precondition(load()?.digest == plain?.digest, "gzipped, it is something else")
  }

  private func load() -> LoadedDataset? {
    var dataset = IDXFolder()
    dataset.path = FilePath(folder)
    let locations = DataLocations { _ in nil }
    let summary = reporting { try dataset.summarize(in: locations) }
    guard let loaded = reporting({ try dataset.load(from: locations) }) else { return nil }
    precondition(summary == loaded.summary, "\(String(describing: summary)), not its own")
    return loaded
  }
}
