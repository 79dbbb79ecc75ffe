import Diagnostics
import Documents
import Records
import TextLayout

/// A value in force in a run, and its origin.
package struct ValueLookup {
  /// The value.
  package let value: PlainValue
  /// The origin of the value, a line for each of its parts; nil if the run did not record it.
  package let origin: String?

  /// Looks for the value with the address `name`, such as `optimizer.learning_rate`, or the tail of one; nil if the
  /// run has no such value. Items of lists may also be told by their numbers.
  ///
  /// Throws `Diagnostics` if `name` is the tail of several addresses, and `StorageError` or `DamagedFileError` if the
  /// run's files cannot be read.
  package init?(_ name: String, in folder: RunFolder) throws {
    let tree = try folder.values().tree
    let found: String?
    do {
      found = try tree.address(of: name)
    } catch {
      throw Diagnostics([
        Diagnostic(
          identifier: .unknownColumn, message: error.description, hint: AmbiguousAddress.hint)
      ])
    }
    guard let address = found, let value = tree[path: address] else { return nil }
    self.value = value.withoutDefaultNames
    origin =
      folder.contains(.origins) ? Self.origin(of: address, among: try folder.origins()) : nil
  }

  /// The name of a value in force that `name` most likely stands for.
  package static func nearest(to name: String, in folder: RunFolder) -> String? {
    guard let tree = try? folder.values().tree else { return nil }
    let addresses = Addresses(tree.addresses, reserved: PlainValue.reservedNames)
    return addresses.nearest(to: name, or: [])
  }

  /// The origin of the value at `address`, of the item whose type it is, or of all values in it.
  private static func origin(of address: String, among origins: [ValueOrigin]) -> String {
    if address == "seeds" { return "the seed of this run" }
    if address == "data.folds.only" { return "the fold of this run" }
    // `optimizer: adam` is recorded as one value.
    let short = address.hasSuffix(".type") ? String(address.dropLast(".type".count)) : address
    if let own = origins.first(where: { $0.address == address || $0.address == short }) {
      return own.place.singleLine
    }
    let parts = origins.filter { $0.address.hasPrefix(address + ".") }
    guard !parts.isEmpty else { return "by default" }
    return parts.map { "\($0.address.dropFirst(address.count + 1)): \($0.place.singleLine)" }
      .joined(separator: "\n")
  }
}
