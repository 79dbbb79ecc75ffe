import CZlib
import Datasets
import Foundation
import Testing

/// A folder that lives as long as the test that made it.
final class TestFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/exp-datasets-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    chmod(path, 0o700)
    try? FileManager.default.removeItem(atPath: path)
  }

  /// All files below the folder, by relative path.
  func files() -> [String] {
    FileManager.default.enumerator(atPath: path)?.compactMap { item in
      let name = item as? String
      let type = try? FileManager.default.attributesOfItem(atPath: "\(path)/\(name ?? "")")[.type]
      return type as? FileAttributeType == .typeDirectory ? nil : name
    }.sorted() ?? []
  }

  /// Writes `bytes` to the file `name` and returns its path.
  @discardableResult
  func write(_ bytes: [UInt8], to name: String, gzipped: Bool = false) throws -> String {
    let file = "\(path)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    if gzipped {
      let handle = try #require(gzopen(file, "wb"))
      try #require(gzwrite(handle, bytes, UInt32(bytes.count)) == bytes.count)
      try #require(gzclose(handle) == Z_OK)
    } else {
      try Data(bytes).write(to: URL(fileURLWithPath: file))
    }
    return file
  }

  func bytes(of name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }
}

/// The path of a file that a script beside it made.
func fixture(_ name: String) -> String {
  let tests = #filePath.components(separatedBy: "/Support/")[0]
  return "\(tests)/FileFormats/Fixtures/\(name)"
}

/// The contents of the file `path`.
func bytes(of path: String) throws -> [UInt8] {
  [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
}

/// An IDX file of unsigned bytes.
func idx(_ dimensions: [Int], _ values: [UInt8]) -> [UInt8] {
  let integers = dimensions.flatMap { size in
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) }
  }
  return [0, 0, 8, UInt8(dimensions.count)] + integers + values
}

/// The four files of a dataset of 2×3 pixels: four training and two test images of classes 0 and 1.
let smallDataset: [(name: String, bytes: [UInt8])] = [
  ("train-images-idx3-ubyte", idx([4, 2, 3], (0..<24).map { $0 })),
  ("train-labels-idx1-ubyte", idx([4], [0, 1, 1, 0])),
  ("t10k-images-idx3-ubyte", idx([2, 2, 3], (100..<112).map { $0 })),
  ("t10k-labels-idx1-ubyte", idx([2], [1, 0])),
]

/// The error of the package that `work` ends in.
func datasetError<Result>(of work: () throws -> Result) throws -> DatasetError {
  try #require(throws: DatasetError.self) { _ = try work() }
}

/// Locations that see no folder but `folder`, which is the cache.
func cache(_ folder: TestFolder) -> DataLocations {
  DataLocations(environment: { $0 == "XDG_CACHE_HOME" ? folder.path : nil })
}

/// Runs `work` with the file permissions of a user who is not root.
///
/// Root may read everything. setfsuid(2) changes that for the calling thread alone; glibc's Swift
/// module does not show it.
func asOrdinaryUser<Result>(_ work: () throws -> Result) throws -> Result {
  guard geteuid() == 0 else { return try work() }
  typealias SetUser = @convention(c) (uid_t) -> CInt
  let symbol = try #require(dlsym(nil, "setfsuid"))
  let setUser = unsafeBitCast(symbol, to: SetUser.self)
  _ = setUser(65534)
  defer { _ = setUser(0) }
  return try work()
}
