import Datasets
import Files
import Specs

/// What must hold for a dataset in one file, which may contain anything.
struct DatasetFileCheck<Dataset: DatasetSpec>: FileCheck {
  let seed: String
  private let file: String
  private let dataset: Dataset

  /// A check with inputs for `file`, which `place` makes the one of a dataset.
  init(_ file: String, place: (inout Dataset, FilePath) -> Void) {
    seed = SeedFolder.data.path(of: file)
    self.file = temporaryFolder() + "/" + file
    var dataset = Dataset()
    place(&dataset, FilePath(self.file))
    self.dataset = dataset
    check(mustSucceed { try Storage.read(seed) })
    precondition(load() != nil, "the seed cannot be read")
  }

  func check(_ bytes: [UInt8]) {
    write(bytes, to: file)
    _ = load()
  }

  private func load() -> LoadedDataset? {
    let locations = DataLocations { _ in nil }
    let summary = reporting { try dataset.summarize(in: locations) }
    guard let loaded = reporting({ try dataset.load(from: locations) }) else { return nil }
    precondition(summary == loaded.summary, "\(String(describing: summary)), but \(loaded.summary)")
    return loaded
  }
}
