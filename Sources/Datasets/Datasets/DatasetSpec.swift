import Specs

/// A dataset as a spec names it.
package protocol DatasetSpec: Spec {
  /// Shape, classes and counts, read as cheaply as can be.
  func summarize(in locations: DataLocations) throws -> DatasetSummary

  /// Reads or makes all images. Throws a `DatasetError` if they are missing or damaged, and
  /// `CancellationError` if a signal ended a download.
  func load(from locations: DataLocations) throws -> LoadedDataset

  /// Reads or makes images to score finished networks on. Less is asked of them than of images to train on: they may be
  /// of one class, any part may have classes of its own, and a test part may stand alone, without images to train on.
  func loadToScore(from locations: DataLocations) throws -> LoadedDataset

  /// The digest of the data that `load` would read now; known digests are not computed again.
  func digest(in locations: DataLocations) throws -> DataDigest

  /// Its files on the web; nil if it has none.
  static var published: PublishedDataset? { get }

  /// True if its images are digits, which turning or mirroring may change into others.
  static var showsDigits: Bool { get }

  /// The same dataset with paths that are valid in any folder.
  func resolved(in locations: DataLocations) -> Self
}

extension DatasetSpec {
  package func summarize(in locations: DataLocations) throws -> DatasetSummary {
    try load(from: locations).summary
  }

  package func digest(in locations: DataLocations) throws -> DataDigest {
    try load(from: locations).digest
  }

  package func loadToScore(from locations: DataLocations) throws -> LoadedDataset {
    try load(from: locations)
  }

  package static var published: PublishedDataset? { nil }

  package static var licence: String? { published?.licence }

  package static var showsDigits: Bool { false }

  package func resolved(in locations: DataLocations) -> Self { self }
}
