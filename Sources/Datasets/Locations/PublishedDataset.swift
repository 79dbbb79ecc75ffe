import Files

/// A dataset of the catalogue whose files are published on the web: their names, checksums and addresses.
package struct PublishedDataset: Sendable {
  /// Name of its type in a spec, and of the subfolder that its files lie in.
  package let type: String
  /// The licence that its publishers name.
  package let licence: String
  package let files: [File]
  /// Web folders with the files, in the order to try them.
  package let mirrors: [String]
  /// Other subfolders where its files may lie, such as those of torchvision.
  package let otherFolders: [String]

  package init(
    type: String, licence: String, files: [File], mirrors: [String], otherFolders: [String] = []
  ) {
    self.type = type
    self.licence = licence
    self.files = files
    self.mirrors = mirrors
    self.otherFolders = otherFolders
  }

  /// Bytes of all files as published.
  package var byteCount: Int { files.reduce(0) { $0 + $1.byteCount } }

  /// The files of one published file that are on this machine.
  package struct Found {
    package let file: File
    /// The path of the file itself, in the first folder that has it.
    package let path: String?
    /// The path of each member that lies there by itself, gzipped or not.
    package let members: [(name: String, path: String?)]

    /// The number of members that are there, packed or by themselves.
    package var memberCount: Int {
      path == nil ? members.count { $0.path != nil } : members.count
    }

    /// True if nothing of it is missing.
    var isWhole: Bool { memberCount == members.count }

    /// The paths of what is there.
    package var paths: [String] { path.map { [$0] } ?? members.compactMap(\.path) }
  }

  /// SHA-256 of the decompressed contents of the file `name`; nil if that is not what it is known by.
  func contentChecksum(of name: String) -> String? {
    guard case .contents(let sha256, _) = file(with: name).checksum else { return nil }
    return sha256
  }

  /// The published file that has the member `name`.
  private func file(with name: String) -> File {
    guard let file = files.first(where: { $0.members.contains(name) }) else {
      preconditionFailure("\(type) has no file \(name)")
    }
    return file
  }

  /// Looks for the files in all folders.
  package func find(in locations: DataLocations) throws -> [Found] {
    try files.map { try find($0, in: locations) }
  }

  private func find(_ file: File, in locations: DataLocations) throws -> Found {
    let members = try file.members.map { ($0, try self.path(of: $0, in: locations)) }
    let path = file.isMember ? nil : try self.path(of: file.name, in: locations)
    return Found(file: file, path: path, members: members)
  }

  /// Downloads what is in none of the folders, and returns the paths of all that is there then.
  package func get(into locations: DataLocations) throws -> [String] {
    try find(in: locations).flatMap { found in
      found.isWhole ? found.paths : [try download(found.file, to: locations)]
    }
  }

  /// The paths of the files `names`, gzipped or not, which are downloaded and unpacked if need be.
  ///
  /// Files are compared with their checksums; those that are known by their contents are not, since these are still to
  /// be read.
  package func locate(_ names: [String], in locations: DataLocations) throws -> [String] {
    try names.map { name in
      let file = file(with: name)
      if let path = try path(of: name, in: locations) {
        if !file.isKnownByContents { try requireRight(try file.verdict(onMember: path), path) }
        return path
      }
      guard let archive = try path(of: file.name, in: locations) else {
        let downloaded = try download(file, to: locations)
        return file.isMember ? downloaded : try unpack(names, for: name, downloaded, locations)
      }
      try requireRight(try file.verdict(on: archive), archive)
      return try unpack(names, for: name, archive, locations)
    }
  }

  /// The path of `name`, after those of `names` that are in the archive at `path` were unpacked into the cache folder.
  private func unpack(
    _ names: [String], for name: String, _ archive: String, _ locations: DataLocations
  ) throws -> String {
    locations.report("unpacking \(archive)")
    try Archive.unpack(archive, files: names, into: "\(locations.cacheFolder)/\(type)")
    guard let path = try path(of: name, in: locations) else {
      throw DatasetError(archive, .lacksFile(name))
    }
    return path
  }

  /// Throws a `DatasetError` if the file at `path` is a wrong one.
  package func requireRight(_ verdict: Verdict, _ path: String) throws {
    guard case .wrong(let kind, let found, let expected) = verdict else { return }
    throw DatasetError(path, .wrongChecksum(kind: kind, found: found, expected: expected))
  }

  /// The path of the file `name` or `name.gz` in the first folder that has it; nil if none does.
  private func path(of name: String, in locations: DataLocations) throws -> String? {
    for folder in locations.folders {
      for subfolder in [type] + otherFolders {
        if let path = try findFile(name, in: "\(folder)/\(subfolder)") { return path }
      }
    }
    return nil
  }

  /// Downloads `file` into the cache folder, and returns its path.
  private func download(_ file: File, to locations: DataLocations) throws -> String {
    let folder = "\(locations.cacheFolder)/\(type)"
    let download = Download(
      file: file, addresses: mirrors.map { $0 + file.name }, folder: folder)
    guard let failures = try download.run(report: locations.report) else {
      return "\(folder)/\(file.name)"
    }
    throw DatasetError(
      "", .notAvailable(self, folders: locations.folders, attempts: failures))
  }
}
