import Diagnostics
import Metrics

/// Names for the keys of specs that are shorter than the keys.
struct SpecKeys {
  /// What columns of other things are called; no key is shortened to that.
  private let reserved: Set<String>
  /// All keys.
  private let all: Set<String>
  /// The keys that end so.
  private var keysByEnd: [String: [String]] = [:]

  /// Names for `keys` that are none of those `reserved` for other things.
  init(_ keys: [String], reserved: [String] = []) {
    (all, self.reserved) = (Set(keys), Set(reserved))
    for key in keys {
      let parts = key.split(separator: ".")
      for count in 1...max(parts.count, 1) {
        keysByEnd[parts.suffix(count).joined(separator: "."), default: []].append(key)
      }
    }
  }

  /// The shortest end of `key` that no other key has: `learning_rate`, `layers.0.filters`. It never begins
  /// with the number of an item, which would say nothing.
  func shortName(of key: String) -> String {
    let parts = key.split(separator: ".")
    for count in 1..<max(parts.count, 1) where Int(parts[parts.count - count]) == nil {
      let end = parts.suffix(count).joined(separator: ".")
      if keysByEnd[end]?.count == 1, !reserved.contains(end) { return end }
    }
    return key
  }

  /// The key that `name` is, or is the end of; nil if there is none.
  ///
  /// Also `optimizer.type`, as it is written in files, is `optimizer`. Throws the mistake if it is the end of
  /// several.
  func key(_ name: String) throws(SpecKeyError) -> String? {
    if all.contains(name) { return name }
    if name.hasSuffix(".type"), keysByEnd[name] == nil {
      return try key(String(name.dropLast(".type".count)))
    }
    let matches = keysByEnd[name] ?? []
    guard matches.count < 2 else { throw SpecKeyError(name: name, keys: matches) }
    return matches.first
  }

  /// The name, among `others` and those of the keys, that `name` most likely stands for.
  func nearest(to name: String, or others: [String]) -> String? {
    let names = others + all.map(shortName).sorted()
    return Suggestions.nearest(to: name, among: names, OtherNames(ScoreName.otherNames))
      ?? Suggestions.nearest(to: name, among: all.sorted())
  }
}

extension SpecKeys {
  /// The key that `name`, given to `option`, stands for. Throws `Diagnostics` if there is none.
  func required(
    _ name: String, for option: String, or others: [String] = []
  ) throws(Diagnostics) -> String {
    let (message, hint): (String, String?)
    do {
      if let key = try key(name) { return key }
      message =
        others.isEmpty
        ? "no spec has a value '\(name)'" : "there is no column or spec value '\(name)'"
      hint = nearest(to: name, or: others).map { "did you mean '\($0)'?" }
    } catch {
      message = error.message
      hint = "write more of the key that is meant"
    }
    throw Diagnostics([
      Diagnostic(identifier: .unknownColumn, message: "\(option): \(message)", hint: hint)
    ])
  }
}

/// A name is the end of several keys.
struct SpecKeyError: Error {
  let name: String
  let keys: [String]

  /// What is wrong, in one clause.
  var message: String {
    let named = keys.prefix(4).map { "'\($0)'" }.joined(separator: ", ")
    return "'\(name)' is the end of \(keys.count) keys: \(named)\(keys.count > 4 ? ", …" : "")"
  }
}
