import Datasets
import Files
import Records

extension RunFolder {
  /// Writes the fingerprints of the images that the run is trained on.
  func write(_ fingerprints: FingerprintSet) throws(StorageError) {
    try write(fingerprints.bytes, to: .trainingImages)
  }

  /// Reads the fingerprints of the `count` images that the run was trained on; nil if somebody has taken them away. Throws
  /// `StorageError`, `DamagedFileError`.
  func trainingFingerprints(of count: Int) throws -> FingerprintSet? {
    let file = RunFile.trainingImages
    guard kind(of: file) != nil else { return nil }
    guard let fingerprints = FingerprintSet(bytes: try bytes(of: file, limit: file.limit)) else {
      throw DamagedFileError(path: path(of: file), reason: "it ends within a fingerprint")
    }
    // Equal images have one.
    guard (1...max(1, count)).contains(fingerprints.count) else {
      throw DamagedFileError(
        path: path(of: file), reason: "it has \(fingerprints.count) fingerprints of \(count) images"
      )
    }
    return fingerprints
  }
}
