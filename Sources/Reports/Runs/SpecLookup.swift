import Records
import Specs

/// One value of a run's resolved spec, and where it comes from.
package struct SpecLookup {
  /// As the text of `exp show RUN KEY`: plain values bare, others as YAML.
  package let text: String
  /// Where the value comes from, a line each where it has several parts; nil if the run did not record that.
  package let origin: String?

  /// Looks for `key`, such as `optimizer.learning_rate` or `model.layers.conv2d_1.filters`; nil if the spec has no such value.
  ///
  /// Throws `Diagnostics`, `StorageError` or `DamagedFileError` if the run's files cannot be read.
  package init?(_ key: String, in folder: RunFolder) throws {
    let spec = try YAML.load(folder.path(of: .resolved))
    guard let (value, place) = spec.value(at: key) else { return nil }
    text = value.text.map { $0.replacing("$${", with: "${") + "\n" } ?? YAML.emit(value.tree)
    origin =
      folder.contains(.origins) ? Self.origin(of: place, among: try folder.origins()) : nil
  }

  /// The place of the value at `key`, of the name that it is a part of, or of all that is in it.
  private static func origin(of key: String, among origins: [SpecOrigin]) -> String {
    // `optimizer: adam` is recorded as one value.
    let short = key.hasSuffix(".type") ? String(key.dropLast(".type".count)) : key
    if let own = origins.first(where: { $0.key == key || $0.key == short }) { return own.place }
    let parts = origins.filter { $0.key.hasPrefix(key + ".") }
    guard !parts.isEmpty else { return "by default" }
    return parts.map { "\($0.key.dropFirst(key.count + 1)): \($0.place)" }.joined(separator: "\n")
  }
}
