import Files

extension IDXFileSet {
  /// The files in the `folder` whose names are MNIST's with `prefix` and a hyphen before them, plain or gzipped.
  ///
  /// Images may be of three or four dimensions (`idx3`, `idx4`), and the test part may be called `t10k` or `test`, or
  /// be missing. Without a `prefix`, these are the files without one, or else those of the only prefix that there is.
  ///
  /// To score networks on, the test part may be there alone; or the `folder` has one file of images and one of labels,
  /// whatever they are called.
  init(folder: String, prefix: String?, for use: DataUse = .training) throws {
    let names = try Self.fileNames(in: folder)
    let found = names.compactMap(FileName.init)
    let prefixes = Set(found.map(\.prefix))
    let chosen = prefix ?? (prefixes.contains("") || prefixes.isEmpty ? "" : prefixes.min() ?? "")
    if prefix == nil, chosen != "", prefixes.count > 1 {
      throw DatasetError(folder, .severalSets(prefixes: prefixes.sorted()))
    }
    guard prefixes.contains(chosen) else {
      if use == .scoring, prefix == nil {
        self.init(testAlone: try Self.onlyPair(in: folder, names))
        return
      }
      throw DatasetError(folder, .noSet(prefix: chosen, prefixes: prefixes.sorted(), for: use))
    }
    func path(_ part: FileName.Part, _ content: IDXContent) throws -> String? {
      let files = found.filter { $0.prefix == chosen && $0.part == part && $0.content == content }
      guard Set(files.map(\.plain)).count <= 1 else {
        throw DatasetError(folder, .severalFiles(files.map(\.name).sorted()))
      }
      // Where both are there, the plain file is the one that takes no decompressing.
      return files.map(\.name).min().map { "\(folder)/\($0)" }
    }
    func part(_ part: FileName.Part) throws -> Part? {
      let (images, labels) = (try path(part, .images), try path(part, .labels))
      if images == nil, labels == nil { return nil }
      guard let images, let labels else {
        let missing = FileName.example(chosen, part, images == nil ? .images : .labels)
        throw DatasetError("\(folder)/\(missing)", .missingFile(for: use, prefix: chosen))
      }
      return Part(images: images, labels: labels)
    }
    let (training, test) = (try part(.training), try part(.test))
    if let training {
      self.init(training: training, test: test)
    } else if use == .scoring, let test {
      self.init(testAlone: test)
    } else {
      throw DatasetError(
        "\(folder)/\(FileName.example(chosen, .training, .images))",
        .missingFile(for: use, prefix: chosen))
    }
  }

  /// The only IDX file of images and the only one of labels among those called `names` in `folder`.
  private static func onlyPair(in folder: String, _ names: [String]) throws -> Part {
    var paths: [IDXContent: [String]] = [:]
    for name in names where !Storage.isFolder("\(folder)/\(name)") {
      guard let content = try IDXFile.content(of: "\(folder)/\(name)") else { continue }
      paths[content, default: []].append("\(folder)/\(name)")
    }
    guard let images = paths[.images], let labels = paths[.labels] else {
      throw DatasetError(folder, .noPair)
    }
    for paths in [images, labels] where paths.count > 1 {
      throw DatasetError(folder, .severalFiles(paths.map(Storage.name)))
    }
    return Part(images: images[0], labels: labels[0])
  }

  /// Whether the `folder` has a file that can belong to a set.
  static func isIn(_ folder: String) -> Bool {
    (try? fileNames(in: folder))?.contains { FileName($0) != nil } ?? false
  }

  private static func fileNames(in folder: String) throws -> [String] {
    if Storage.exists(folder), !Storage.isFolder(folder) {
      throw DatasetError(folder, .noFolderOfFiles)
    }
    do {
      return try Folder(folder).names()
    } catch {
      throw DatasetError.opening(folder, errorNumber: error.code)
    }
  }
}

/// A file's name taken apart: `emnist-letters-train-images-idx3-ubyte.gz`.
private struct FileName {
  enum Part: String, CaseIterable {
    case training = "train"
    case test = "t10k"

    var words: [String] { self == .training ? ["train"] : ["t10k", "test"] }
  }

  let name: String
  /// Without `.gz`.
  let plain: String
  /// What stands before MNIST's name, without the hyphen between them.
  let prefix: String
  let part: Part
  let content: IDXContent

  /// Nil if the name is not of this form.
  init?(_ name: String) {
    plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    for part in Part.allCases {
      for word in part.words {
        for content in [IDXContent.images, .labels] {
          for dimensions in content == .images ? [3, 4] : [1] {
            let end = "\(word)-\(content.rawValue)-idx\(dimensions)-ubyte"
            guard plain == end || plain.hasSuffix("-\(end)") else { continue }
            self.name = name
            prefix = String(plain.dropLast(end.count).dropLast())
            self.part = part
            self.content = content
            return
          }
        }
      }
    }
    return nil
  }

  /// The name that a missing file would have.
  static func example(_ prefix: String, _ part: Part, _ content: IDXContent) -> String {
    (prefix.isEmpty ? "" : "\(prefix)-")
      + "\(part.rawValue)-\(content.rawValue)-idx\(content == .images ? 3 : 1)-ubyte"
  }
}

extension DatasetError.Problem {
  static func missingFile(for use: DataUse, prefix: String) -> Self {
    let message = "no such file or folder"
    guard use == .training else {
      let pair = [IDXContent.images, .labels].map { FileName.example(prefix, .test, $0) }
      return Self(
        message, hint: "the folder needs \(pair.joined(separator: " and ")), plain or with .gz")
    }
    return Self(
      message,
      hint: "the folder needs " + IDXFileSet.names.joined(separator: ", ")
        + ", plain or with .gz and with one prefix or none; the last two may be missing together")
  }

  static let noFolderOfFiles = Self(
    "is a file, not a folder", hint: "'path' is the folder that has the images and the labels")

  static let noPair = Self(
    "holds no IDX file of images and one of labels",
    hint: "networks are scored on one of each, plain or gzipped, whatever they are called")

  static func severalSets(prefixes: [String]) -> Self {
    Self(
      "holds several sets of IDX files: " + prefixes.map { "'\($0)'" }.joined(separator: ", "),
      hint: "choose one, such as 'prefix: \(prefixes[0])'")
  }

  static func noSet(prefix: String, prefixes: [String], for use: DataUse) -> Self {
    let others = prefixes.filter { !$0.isEmpty }.map { "'\($0)'" }.joined(separator: ", ")
    return Self(
      prefix.isEmpty
        ? "holds no IDX files named as MNIST's"
        : "holds no IDX files with the prefix '\(prefix)'"
          + (others.isEmpty ? "" : ", but with \(others)"),
      hint: missingFile(for: use, prefix: prefix).hint)
  }

  static func severalFiles(_ names: [String]) -> Self {
    Self(
      "holds several files for one purpose: " + names.joined(separator: ", "),
      hint: "leave one of them in the folder")
  }
}
