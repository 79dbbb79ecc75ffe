import Diagnostics
import Files
import Specs
import TextLayout

/// The values of a resolved spec under dotted keys, without the sections that decide nothing about results.
package struct SpecValues: Hashable, Sendable {
  /// One value.
  package struct Entry: Hashable, Sendable {
    /// Where it stands: `model.layers.0.filters`. The type of a thing stands under the thing's own key:
    /// `optimizer`.
    package let key: String
    /// As it is written, without line breaks. Lists of plain values are one value.
    package let value: String

    /// `value` under `key`.
    package init(_ key: String, _ value: String) { (self.key, self.value) = (key, value) }
  }

  /// As they follow each other in the file; specs of one catalog with the same keys share the array.
  package let keys: [String]
  /// What stands under each of the keys.
  package let values: [String]

  /// Keys with their values.
  package var entries: [Entry] { zip(keys, values).map(Entry.init) }

  /// The values of `entries`, each key once.
  package init(_ entries: [Entry]) { (keys, values) = (entries.map(\.key), entries.map(\.value)) }

  init(keys: [String], values: [String]) { (self.keys, self.values) = (keys, values) }

  /// The values of the spec in the file at `path`.
  ///
  /// Throws a `StorageError` or a `DamagedFileError`.
  package init(path: String) throws { try self.init(path: path, Storage.read(path)) }

  /// The values of the spec with these `bytes`, the contents of the file at `path`.
  init(path: String, _ bytes: [UInt8]) throws(DamagedFileError) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DamagedFileError(path: path, reason: "it is not UTF-8 text")
    }
    do {
      let sections = try YAML.parse(SourceFile(path: path, text: text)).entries
      self.init(
        sections.filter { !Manifest.unhashedSections.contains($0.key.text ?? "") }
          .flatMap { $0.value.leaves(at: ($0.key.text ?? "").singleLine) })
    } catch {
      guard let first = error.sorted.first else { preconditionFailure("an error without a reason") }
      let place = first.location.map { "line \($0.line): " } ?? ""
      throw DamagedFileError(path: path, reason: place + first.message)
    }
  }
}

extension Node {
  /// The values at and below this node, which stands at `key`.
  fileprivate func leaves(at key: String) -> [SpecValues.Entry] {
    switch kind {
    case .unusable: return []
    case .scalar(let text, _): return [.init(key, text.singleLine)]
    case .map(let entries):
      // A map from classes, such as `class_weight: {3: 2.0}`: its keys are no items of a list.
      if !entries.isEmpty, entries.allSatisfy({ $0.key.text.flatMap { Int($0) } != nil }) {
        let pairs = entries.map { "\($0.key.text ?? ""): \($0.value.text ?? "…")" }
        return [.init(key, "{\(pairs.joined(separator: ", "))}".singleLine)]
      }
      return entries.flatMap { entry in
        // `optimizer: sgd` and `optimizer: {type: sgd}` are the same.
        let name = (entry.key.text ?? "").singleLine
        return entry.value.leaves(at: name == "type" ? key : "\(key).\(name)")
      }
    case .list(let items):
      let texts = items.compactMap(\.text?.singleLine)
      if texts.count == items.count { return [.init(key, "[\(texts.joined(separator: ", "))]")] }
      return items.enumerated().flatMap { $1.leaves(at: "\(key).\($0)") }
    }
  }
}
