import Diagnostics
import TextLayout

/// A file with a spec, and what that extends and the command line makes of it.
package struct SpecFile: Sendable {
  /// The file as it is written.
  package let source: SourceFile
  /// Its tree, laid over those of the files that it extends.
  package let tree: Node
  /// The file and all that it extends.
  package let sources: [SourceFile]
  /// The values that it or the command line takes away from what it inherits.
  package let removed: [RemovedValue]

  /// The key of the files that a spec extends.
  package static let extendsKey = "extends"

  /// Reads the file at `path`, which `mayBePipe`, and all that it extends, as they are or as they were when `snapshot`
  /// was taken; nil if that cannot be, which is then reported.
  package static func read(
    _ path: String, mayBePipe: Bool = false, from snapshot: SpecSnapshot? = nil,
    _ diagnostics: inout Diagnostics
  ) -> SpecFile? {
    var reader = SpecFileReader(firstMayBePipe: mayBePipe, snapshot: snapshot)
    return reader.read(path, namedAt: nil, &diagnostics)
  }

  /// The same of a text that is read already, which may extend no file: it can come from somebody else.
  package static func read(_ source: SourceFile, _ diagnostics: inout Diagnostics) -> SpecFile? {
    var reader = SpecFileReader(firstMayBePipe: false, mayExtend: false)
    return reader.read(source, &diagnostics)
  }

  /// The same file with the values of `overrides`, whose names `resolver` knows.
  package func setting(
    _ overrides: Overrides, _ resolver: AddressResolver, _ diagnostics: inout Diagnostics
  ) -> SpecFile {
    let set = overrides.applied(to: tree, resolver, &diagnostics)
    return SpecFile(
      source: source, tree: set.tree, sources: sources, removed: removed + set.removed)
  }
}

/// Reads files that extend others, each once.
private struct SpecFileReader {
  /// True if the file that nobody extends may be a pipe.
  let firstMayBePipe: Bool
  let mayExtend: Bool
  /// Read in place of the disk.
  let snapshot: SpecSnapshot?
  /// The longest chain of files, so that a hostile one does not overflow the stack.
  private static let deepest = 50
  /// The files being read, each extended by the one before it.
  private var open: [(file: String, name: Node?)] = []
  /// By canonical path; nil for what cannot be read.
  private var known: [String: SpecFile?] = [:]

  init(firstMayBePipe: Bool, mayExtend: Bool = true, snapshot: SpecSnapshot? = nil) {
    self.firstMayBePipe = firstMayBePipe
    self.mayExtend = mayExtend
    self.snapshot = snapshot
  }

  mutating func read(
    _ path: String, namedAt name: Node?, _ diagnostics: inout Diagnostics
  ) -> SpecFile? {
    let file = FilePath(path).absolute.path
    if let start = open.firstIndex(where: { $0.file == file }) {
      let chain = open[(start + 1)...].compactMap(\.name) + [name].compactMap(\.self)
      diagnostics.error(
        .cycle, "'\(name?.text ?? path)' extends itself", at: chain.first?.location,
        notes: chain.dropFirst().map { .init("through this", at: $0.location) })
      return nil
    }
    if let known = known[file] { return known }
    guard open.count < Self.deepest else {
      diagnostics.error(
        .nestedTooDeep, "more than \(Self.deepest) files extend one another", at: name?.location)
      return nil
    }
    open.append((file, name))
    defer { open.removeLast() }
    let result = readAlone(path, namedAt: name, &diagnostics)
    known[file] = .some(result)
    return result
  }

  mutating func read(_ source: SourceFile, _ diagnostics: inout Diagnostics) -> SpecFile? {
    open.append((FilePath(source.path).absolute.path, nil))
    defer { open.removeLast() }
    return composed(source, &diagnostics)
  }

  private mutating func readAlone(
    _ path: String, namedAt name: Node?, _ diagnostics: inout Diagnostics
  ) -> SpecFile? {
    let source: SourceFile
    do {
      source =
        if let snapshot {
          try snapshot.source(path)
        } else {
          try YAML.read(path, mayBePipe: firstMayBePipe && name == nil)
        }
    } catch {
      let chain = open.dropFirst().dropLast().compactMap { entry in
        entry.name.map { Diagnostic.Note("which is extended here", at: $0.location) }
      }
      for diagnostic in error.all {
        diagnostics.add(diagnostic.located(at: name?.location, notes: chain.reversed()))
      }
      return nil
    }
    return composed(source, &diagnostics)
  }

  /// The tree of `source`, laid over those of the files that it extends, but for what these say of themselves alone.
  private mutating func composed(
    _ source: SourceFile, _ diagnostics: inout Diagnostics
  ) -> SpecFile? {
    guard let own = YAML.parse(source, &diagnostics) else { return nil }
    guard case .map = own.kind else {
      diagnostics.error(
        .wrongType, "needs a map of keys and values, got \(own.summary)", at: own.location)
      return nil
    }
    guard let bases = own[SpecFile.extendsKey] else {
      return SpecFile(source: source, tree: own, sources: [source], removed: [])
    }
    guard mayExtend else {
      diagnostics.error(.badPath, "this spec cannot extend others", at: bases.location)
      return nil
    }
    guard let list = FileList.decode(bases, &diagnostics) else { return nil }
    var (merged, isComplete, sources) = (Node?.none, true, [source])
    var removed: [RemovedValue] = []
    for base in list.paths {
      let file = read(base.location.file.resolve(base.text ?? ""), namedAt: base, &diagnostics)
      guard let file, case let tree = file.tree.removing("name").removing("description") else {
        isComplete = false
        continue
      }
      sources += file.sources
      removed += file.removed
      merged = merged?.merged(with: tree, removing: &removed) ?? tree
    }
    guard isComplete else { return nil }
    let rest = own.removing(SpecFile.extendsKey)
    let tree = merged?.merged(with: rest, removing: &removed) ?? rest
    return SpecFile(source: source, tree: tree, sources: sources, removed: removed)
  }
}

extension Diagnostic {
  /// The same of a place, if it has none.
  fileprivate func located(at place: Location?, notes more: [Note]) -> Diagnostic {
    Diagnostic(
      identifier: identifier, severity: severity, message: message, location: location ?? place,
      notes: notes + more, hint: hint)
  }
}

extension SourceFile {
  /// `path` as a spec in this file means it: a relative one starts at the file's folder.
  package func resolve(_ path: String) -> String {
    guard !path.hasPrefix("/"), let slash = self.path.lastIndex(of: "/") else { return path }
    return String(self.path[...slash]) + path
  }
}
