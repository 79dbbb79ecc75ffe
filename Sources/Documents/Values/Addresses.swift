/// The addresses of values: keys with points between, items of lists by their names, as in
/// `model.layers.conv2d_1.filters`.
///
/// A tail of an address, such as `learning_rate`, names the value too, if no other address has the same tail.
package struct Addresses: Sendable {
  /// All addresses, in order.
  package let all: [String]
  /// Reserved names; no address is shortened to one of them.
  private let reserved: Set<String>
  /// The addresses with each tail.
  private var addressesByTail: [String: [String]] = [:]
  private let known: Set<String>

  /// The addresses `all`, none of which is shortened to a `reserved` name.
  package init(_ all: [String], reserved: [String] = []) {
    self.all = all
    self.reserved = Set(reserved)
    known = Set(all)
    for address in known {
      for tail in address.tails { addressesByTail[tail, default: []].append(address) }
    }
  }

  /// The shortest tail of `address` that no other address has.
  package func shortest(of address: String) -> String {
    guard known.contains(address) else { return address }
    return address.tails.first { addressesByTail[$0]?.count == 1 && !reserved.contains($0) }
      ?? address
  }

  /// The address that equals `name` or has it as its tail; nil if there is none.
  ///
  /// `optimizer.type`, as written in files, is the address `optimizer`. Throws an error if several addresses have this
  /// tail.
  package func address(of name: String) throws(AmbiguousAddress) -> String? {
    if known.contains(name) { return name }
    guard !reserved.contains(name) else { return nil }
    let matches = addressesByTail[name] ?? []
    if matches.isEmpty, name.hasSuffix(".type") {
      return try address(of: String(name.dropLast(".type".count)))
    }
    guard matches.count < 2 else {
      throw AmbiguousAddress(name: name, addresses: all.filter(Set(matches).contains))
    }
    return matches.first
  }
}

/// A name that is the tail of several addresses.
package struct AmbiguousAddress: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name.
  package let name: String
  /// All addresses with this tail.
  package let addresses: [String]

  /// `name` is the end of each of `addresses`.
  package init(name: String, addresses: [String]) {
    self.name = name
    self.addresses = addresses
  }

  /// The mistake in one clause.
  package var description: String {
    let named = addresses.prefix(4).map { "'\($0)'" }.joined(separator: ", ")
    let more = addresses.count > 4 ? ", …" : ""
    return "'\(name)' is the end of \(addresses.count) addresses: \(named)\(more)"
  }

  /// The way out.
  package static let hint = "write more of the address that is meant"
}

extension String {
  /// The tails of an address, the shortest first and itself last.
  fileprivate var tails: [String] {
    var starts = [startIndex] + indices.filter { self[$0] == "." }.map { index(after: $0) }
    // Nothing of ours is so deep; a stranger's name could be all points.
    if starts.count > 64 { starts = [startIndex] }
    return starts.reversed().map { String(self[$0...]) }
  }
}

extension PlainValue {
  /// The run's own seed is no value called `seed`, which some datasets and callbacks have.
  package static let reservedNames = ["seed"]

  /// The address of the value that `name` is the address of, or the end of one; nil if there is none. Items of lists
  /// may also be told by their numbers, and `optimizer.type` is `optimizer`.
  ///
  /// Throws the mistake if it is the end of several.
  package func address(of name: String) throws(AmbiguousAddress) -> String? {
    if let address = namedAddress(name) { return address }
    guard !Self.reservedNames.contains(name) else { return nil }
    let tail = "." + name
    let matches = addresses.filter { $0.hasSuffix(tail) }
    if matches.isEmpty, name.hasSuffix(".type") {
      return try address(of: String(name.dropLast(".type".count)))
    }
    guard matches.count < 2 else { throw AmbiguousAddress(name: name, addresses: matches) }
    return matches.first
  }

  /// `address` with the names of items in place of their numbers; nil if nothing is there.
  private func namedAddress(_ address: String) -> String? {
    var (value, steps) = (self, [String]())
    for step in address.split(separator: ".", omittingEmptySubsequences: false).map(String.init) {
      guard let next = value[path: step] else {
        // A name is short for the type: `loss.type`.
        guard step == "type", value.text != nil else { return nil }
        return steps.joined(separator: ".")
      }
      if case .list = value, let name = next.itemName {
        steps.append(name)
      } else {
        steps.append(step)
      }
      value = next
    }
    return steps.joined(separator: ".")
  }

  /// The addresses of all values in this tree, in order.
  package var addresses: [String] {
    let below: [(step: String, value: PlainValue)]
    switch self {
    case .map(let entries): below = entries.map { ($0.key, $0.value) }
    case .list: below = (namedItems ?? []).map { ($0.name, $0.item) }
    default: below = []
    }
    return below.flatMap { step, value in [step] + value.addresses.map { "\(step).\($0)" } }
  }
}
