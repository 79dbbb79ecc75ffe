import Diagnostics
import Documents
import Records

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
    guard let address = try Self.address(of: name, in: tree), let value = tree[path: address]
    else { return nil }
    self.value = value.withoutItemNames
    origin =
      folder.contains(.origins) ? Self.origin(of: address, among: try folder.origins()) : nil
  }

  /// The address, with names of items, that `name` stands for.
  private static func address(of name: String, in tree: PlainValue) throws -> String? {
    if let address = tree.namedAddress(name) { return address }
    do {
      return try Addresses(tree.addresses).address(of: name)
    } catch {
      throw Diagnostics([
        Diagnostic(
          identifier: .unknownColumn, message: error.description, hint: AmbiguousAddress.hint)
      ])
    }
  }

  /// The origin of the value at `address`, of the item whose type it is, or of all values in it.
  private static func origin(of address: String, among origins: [ValueOrigin]) -> String {
    // `optimizer: adam` is recorded as one value.
    let short = address.hasSuffix(".type") ? String(address.dropLast(".type".count)) : address
    if let own = origins.first(where: { $0.address == address || $0.address == short }) {
      return own.place
    }
    let parts = origins.filter { $0.address.hasPrefix(address + ".") }
    guard !parts.isEmpty else { return "by default" }
    return parts.map { "\($0.address.dropFirst(address.count + 1)): \($0.place)" }
      .joined(separator: "\n")
  }
}

extension PlainValue {
  /// `address` with the names of items in place of their numbers; nil if nothing is there.
  fileprivate func namedAddress(_ address: String) -> String? {
    var (value, steps) = (self, [String]())
    for step in address.split(separator: ".", omittingEmptySubsequences: false).map(String.init) {
      guard let next = value[path: step] else {
        // A name is short for the type: `loss.type`.
        guard step == "type", value.text != nil else { return nil }
        return steps.joined(separator: ".")
      }
      if case .list = value, let name = next["name"]?.text {
        steps.append(name)
      } else {
        steps.append(step)
      }
      value = next
    }
    return steps.joined(separator: ".")
  }

  /// The addresses of all values in this tree.
  fileprivate var addresses: [String] {
    let below: [(step: String, value: PlainValue)]
    switch self {
    case .map(let entries): below = entries.map { ($0.key, $0.value) }
    case .list: below = (namedItems ?? []).map { ($0.name, $0.item) }
    default: below = []
    }
    return below.flatMap { step, value in [step] + value.addresses.map { "\(step).\($0)" } }
  }

  /// This tree as written in a spec: without the items' default names.
  fileprivate var withoutItemNames: PlainValue {
    switch self {
    case .map(let entries):
      .map(
        entries.filter { entry in
          guard entry.key == "name", let type = self["type"]?.text, let name = entry.value.text
          else { return true }
          return ItemNames.isChosen(name, for: type)
        }.map { ($0.key, $0.value.withoutItemNames) })
    case .list(let items): .list(items.map(\.withoutItemNames))
    default: self
    }
  }
}
