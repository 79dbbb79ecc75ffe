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
    let starts = [startIndex] + indices.filter { self[$0] == "." }.map { index(after: $0) }
    return starts.reversed().map { String(self[$0...]) }
  }
}
