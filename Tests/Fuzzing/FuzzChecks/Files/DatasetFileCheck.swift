import Datasets
import Files
import Specs
import Tensors

/// What must hold for a dataset in one file, which may contain anything.
struct DatasetFileCheck<Dataset: DatasetSpec>: FileCheck {
  let seed: String
  private let file: String
  private let dataset: Dataset
  /// Images of another size than those of the seed.
  private let preparation: ImagePreparation

  /// A check with inputs for `file`, which `place` makes the one of a dataset.
  init(_ file: String, place: (inout Dataset, FilePath) -> Void) {
    seed = SeedFolder.data.path(of: file)
    self.file = temporaryFolder() + "/" + file
    var dataset = Dataset()
    place(&dataset, FilePath(self.file))
    self.dataset = dataset
    preparation = mustSucceed {
      var pictures = ImageFolder()
      pictures.pictures.imageSize = Pair(height: 5, width: 9)
      return try ImagePreparation(
        for: pictures, imageShape: ImageShape(height: 5, width: 9, channels: 1))
    }
    check(mustSucceed { try Storage.read(seed) })
    precondition(load() != nil, "the seed cannot be read")
  }

  func check(_ bytes: [UInt8]) {
    write(bytes, to: file)
    _ = load()
    checkAsInput(file, preparation)
  }

  private func load() -> LoadedDataset? {
    let locations = DataLocations { _ in nil }
    let summary = reporting { try dataset.summarize(in: locations) }
    guard let loaded = reporting({ try dataset.load(from: locations) }) else { return nil }
    precondition(summary == loaded.summary, "\(String(describing: summary)), but \(loaded.summary)")
    return loaded
  }
}
