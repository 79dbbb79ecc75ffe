import Files

/// A dataset of the catalogue whose files are published on the web: their names, checksums and addresses.
package struct PublishedDataset: Sendable {
  /// Name of its type in a spec, and of the subfolder that its files lie in.
  package let type: String
  /// Its decompressed files, by name.
  package let files: [String: File]
  /// Web folders with the gzipped files, in the order to try them.
  package let mirrors: [String]

  /// The checksum and the size by which the contents of a file are recognized.
  package struct File: Sendable {
    /// SHA-256, in hexadecimal.
    package let checksum: String
    package let byteCount: Int

    package init(checksum: String, byteCount: Int) {
      self.checksum = checksum
      self.byteCount = byteCount
    }
  }

  package init(type: String, files: [String: File], mirrors: [String]) {
    self.type = type
    self.files = files
    self.mirrors = mirrors
  }

  /// Reads and checks the files, downloading those that are in none of the folders.
  ///
  /// - Parameter digest: that of the contents which have these checksums.
  package func load(from locations: DataLocations, digest: DataDigest) throws -> LoadedDataset {
    let set = try IDXFileSet { try locate($0, in: locations) }
    return try set.load(type: type, checksums: files.mapValues(\.checksum), digest: digest)
  }

  /// The path of each file in the first folder that has it; nil if none does.
  package func find(in locations: DataLocations) throws -> [(name: String, path: String?)] {
    try IDXFileSet.names.map { ($0, try find($0, in: locations)) }
  }

  /// Downloads the files that are in none of the folders, and returns the paths of all.
  package func get(into locations: DataLocations) throws -> [String] {
    try IDXFileSet.names.map { try locate($0, in: locations) }
  }

  /// Throws a `DatasetError` unless the file at `path` has the contents that `name` should have.
  package func verify(_ name: String, at path: String) throws {
    let expected = file(name)
    let found = try SHA256.hexDigest(ofFile: path, limit: expected.byteCount)
    guard found == expected.checksum else {
      throw DatasetError(path, .wrongChecksum(found: found, expected: expected.checksum))
    }
  }

  private func find(_ name: String, in locations: DataLocations) throws -> String? {
    for folder in locations.folders {
      if let path = try findFile(name, in: "\(folder)/\(type)") { return path }
    }
    return nil
  }

  private func file(_ name: String) -> File {
    guard let file = files[name] else { preconditionFailure("\(type) has no file \(name)") }
    return file
  }

  /// The path of the file `name`, which is downloaded if need be.
  private func locate(_ name: String, in locations: DataLocations) throws -> String {
    if let path = try find(name, in: locations) { return path }
    let download = Download(
      addresses: mirrors.map { "\($0)\(name).gz" }, file: file(name),
      destination: "\(locations.cacheFolder)/\(type)/\(name).gz")
    guard let failures = try download.run(report: locations.report) else {
      return download.destination
    }
    throw DatasetError(
      "",
      .notAvailable(
        dataset: type, files: IDXFileSet.names, folders: locations.folders, attempts: failures))
  }
}
