import Specs
import TextLayout

/// The values of a resolved spec under dotted keys, without the sections that decide nothing about results.
public struct SpecValues: Hashable, Sendable {
  /// One value.
  public struct Entry: Hashable, Sendable {
    /// Where it stands: `model.layers.0.filters`. The type of a thing stands under the thing's own key:
    /// `optimizer`.
    public let key: String
    /// As it is written, without line breaks. Lists of plain values are one value.
    public let value: String

    /// `value` under `key`.
    public init(_ key: String, _ value: String) { (self.key, self.value) = (key, value) }
  }

  /// As they follow each other in the file.
  public let entries: [Entry]

  /// The values of `entries`, each key once.
  public init(_ entries: [Entry]) { self.entries = entries }

  /// The values of the spec in the file at `path`.
  public init(path: String) throws {
    let sections = try YAML.load(path).entries.filter {
      !Manifest.unhashedSections.contains($0.key.text ?? "")
    }
    entries = sections.flatMap { $0.value.leaves(at: $0.key.text ?? "") }
  }
}

extension Node {
  /// The values at and below this node, which stands at `key`.
  fileprivate func leaves(at key: String) -> [SpecValues.Entry] {
    switch kind {
    case .scalar(let text, _): return [.init(key, text.singleLine)]
    case .map(let entries):
      return entries.flatMap { entry in
        // `optimizer: sgd` and `optimizer: {type: sgd}` are the same.
        let name = entry.key.text ?? ""
        return entry.value.leaves(at: name == "type" ? key : "\(key).\(name)")
      }
    case .list(let items):
      let texts = items.compactMap(\.text?.singleLine)
      if texts.count == items.count { return [.init(key, "[\(texts.joined(separator: ", "))]")] }
      return items.enumerated().flatMap { $1.leaves(at: "\(key).\($0)") }
    }
  }
}
