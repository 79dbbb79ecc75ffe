import Files

extension PublishedDataset {
  /// A file as mirrors offer it: one gzipped file of data, or an archive of several.
  package struct File: Sendable {
    /// Its name at the mirrors, such as `train-images-idx3-ubyte.gz`.
    package let name: String
    /// The number of its bytes, or the most that it can have.
    package let byteCount: Int
    /// False where its publishers give no size.
    package let isSizeKnown: Bool
    package let checksum: Checksum
    /// The names of the files in it, without `.gz`.
    package let members: [String]

    /// A checksum by which a file is recognized, in hexadecimal.
    package enum Checksum: Sendable {
      /// SHA-256 of the decompressed contents, which have that many bytes.
      case contents(sha256: String, byteCount: Int)
      /// SHA-256 of the file itself.
      case sha256(String)
      /// MD5 of the file itself.
      case md5(String)
    }

    /// A file called `name` with the files `members`: by default one, whose name lacks the `.gz`.
    package init(
      _ name: String, byteCount: Int, isSizeKnown: Bool = true, _ checksum: Checksum,
      members: [String] = []
    ) {
      self.name = name
      self.byteCount = byteCount
      self.isSizeKnown = isSizeKnown
      self.checksum = checksum
      self.members = members.isEmpty ? [String(name.dropLast(".gz".count))] : members
    }

    /// Whether it is no archive, but its only member, gzipped.
    var isMember: Bool { members.count == 1 }

    /// The name by which its lack is told: that of its only member, or its own.
    package var title: String { isMember ? members[0] : name }

    /// The most bytes that a mirror may send.
    var byteLimit: Int {
      switch checksum {
      // Others may compress less. Compression makes nothing larger than by some bytes for each block, and a head.
      case .contents(_, let count): count + count >> 8 + 1 << 10
      case .sha256, .md5: byteCount
      }
    }

    /// Whether it is recognized by its decompressed contents.
    var isKnownByContents: Bool {
      if case .contents = checksum { true } else { false }
    }

    /// How the file at `path` compares with the published one.
    package func verdict(on path: String) throws -> Verdict {
      let (kind, found, expected): (String, String, String)
      switch checksum {
      case .contents(let sha256, let byteCount):
        kind = "SHA-256 of its decompressed bytes"
        (found, expected) = (try SHA256.hexDigest(ofContentsOf: path, limit: byteCount), sha256)
      case .sha256(let sha256):
        (kind, found, expected) = ("SHA-256", try SHA256().hexDigest(ofFile: path), sha256)
      case .md5(let md5):
        guard let checksum = MD5() else { return .unknown("this machine's libcrypto has no MD5") }
        (kind, found, expected) = ("MD5", try checksum.hexDigest(ofFile: path), md5)
      }
      return found == expected ? .right : .wrong(kind: kind, found: found, expected: expected)
    }

    /// How the file at `path`, a member that lies there by itself, compares with what it should be.
    package func verdict(onMember path: String) throws -> Verdict {
      isKnownByContents || Storage.name(of: path) == name
        ? try verdict(on: path) : .unknown("only the checksum of \(name) is published")
    }

    /// Why the downloaded file at `path` is not the right one, or nil.
    func mismatch(at path: String) throws -> String? {
      do {
        switch try verdict(on: path) {
        case .right: return nil
        case .wrong(let kind, let found, _): return "wrong contents: \(kind) is \(found)"
        case .unknown(let reason): return "cannot be checked: \(reason)"
        }
      } catch let error as DatasetError {
        return error.message
      }
    }
  }

  /// What a checksum says of a file.
  package enum Verdict: Equatable, Sendable {
    case right
    case wrong(kind: String, found: String, expected: String)
    /// It may be right; the text says why that cannot be known.
    case unknown(String)
  }
}
