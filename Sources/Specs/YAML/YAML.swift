import Diagnostics
import Glibc
import TextLayout

/// The limits on what a YAML file may ask for.
package struct YAMLLimits: Sendable {
  /// Bytes of the file.
  package var bytes: Int
  /// Levels of lists and maps, one inside the other.
  package var depth: Int

  /// Nodes of the tree, those behind an alias counted each time.
  package var nodes: Int

  /// The standard limits, but for those given.
  package init(bytes: Int = 1 << 20, depth: Int = 64, nodes: Int = 100_000) {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
  }

  /// 1 MiB, 64 levels, 100,000 nodes.
  package static let standard = YAMLLimits()
}

/// Reads and writes YAML through libyaml.
package enum YAML {
  /// The tree of a file.
  package static func parse(
    _ file: SourceFile, limits: YAMLLimits = .standard
  ) throws(Diagnostics) -> Node {
    var diagnostics = Diagnostics()
    let node = parse(file, limits: limits, &diagnostics)
    guard let node, !diagnostics.hasErrors else { throw diagnostics }
    return node
  }

  /// The tree of a file, even if it has mistakes that leave the rest readable, such as a duplicate key, so that these
  /// are reported together with the mistakes of meaning.
  package static func parse(
    _ file: SourceFile, limits: YAMLLimits = .standard, _ diagnostics: inout Diagnostics
  ) -> Node? {
    parse(SourcePart(file), limits: limits, &diagnostics)
  }

  /// The tree of a part of a file.
  static func parse(
    _ part: SourcePart, limits: YAMLLimits = .standard, _ diagnostics: inout Diagnostics
  ) -> Node? {
    do throws(Diagnostic) {
      guard part.text.utf8.count <= limits.bytes else { throw tooBig(part.file.path, limits) }
      var builder = NodeBuilder(part, limits: limits)
      return try builder.build(&diagnostics)
    } catch {
      diagnostics.add(error)
      return nil
    }
  }

  /// The tree of the file at a path.
  package static func load(
    _ path: String, limits: YAMLLimits = .standard
  ) throws(Diagnostics) -> Node {
    try parse(read(path, limits: limits), limits: limits)
  }

  /// The text of the file at a path, if it can be read, is small enough and is UTF-8. What is no regular file, such as
  /// a pipe, is waited for only if it `mayBePipe`.
  package static func read(
    _ path: String, mayBePipe: Bool = false, limits: YAMLLimits = .standard
  ) throws(Diagnostics) -> SourceFile {
    do throws(Diagnostic) {
      let bytes = try contents(of: path, mayBePipe, limits)
      if let text = String(validating: bytes, as: UTF8.self) {
        return SourceFile(path: path, text: text)
      }
      throw invalidUTF8(path, bytes)
    } catch {
      throw Diagnostics([error])
    }
  }

  private static func contents(
    of path: String, _ mayBePipe: Bool, _ limits: YAMLLimits
  ) throws(Diagnostic) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (mayBePipe ? 0 : O_NONBLOCK))
    var code = errno
    defer { if descriptor >= 0 { close(descriptor) } }
    var status = stat()
    if !mayBePipe, descriptor >= 0, fstat(descriptor, &status) == 0,
      ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
    {
      throw Diagnostic(
        identifier: .fileNotReadable, message: "cannot read '\(path)': it is not a regular file")
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while descriptor >= 0 {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 {
        code = errno
        if code == EINTR { continue }
        break
      }
      bytes += chunk[..<count]
      if bytes.count > limits.bytes { throw tooBig(path, limits) }
    }
    let identifier = code == ENOENT ? Diagnostic.Identifier.fileNotFound : .fileNotReadable
    throw Diagnostic(
      identifier: identifier,
      message: "cannot read '\(path)': \(String(cString: strerror(code)))",
      hint: code == EISDIR ? "name the files in it, as in '\(path)/*.yaml'" : nil)
  }

  private static func tooBig(_ path: String, _ limits: YAMLLimits) -> Diagnostic {
    Diagnostic(
      identifier: .fileTooBig,
      message:
        "'\(path)' is larger than \(limits.bytes >> 10) KiB, the most a YAML file may be")
  }

  private static func invalidUTF8(_ path: String, _ bytes: [UInt8]) -> Diagnostic {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var valid = 0
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { valid += UTF8.width(scalar) }
    let file = SourceFile(path: path, text: String(decoding: bytes, as: UTF8.self))
    return Diagnostic(
      identifier: .invalidUTF8, message: "the text is not UTF-8",
      location: file.location(atByte: valid), hint: "save the file with the encoding UTF-8")
  }
}
