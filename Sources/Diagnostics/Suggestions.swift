import Synchronization

/// Finds what the user most likely meant.
package enum Suggestions {
  /// The name among `candidates` that `text` most likely stands for; nil if none is near.
  ///
  /// In this order: the same but for case, `_` and `-` (`Conv2D`, `batchSize`); a candidate for which `text` is another
  /// word; the least Damerau-Levenshtein distance, up to a third of the length.
  package static func nearest(
    to text: String, among candidates: [String], _ otherNames: OtherNames = [:]
  ) -> String? {
    if let name = sameOrSynonym(of: text, among: candidates, otherNames) { return name }
    let wanted = folded(text)
    let limit = max(1, wanted.count / 3)
    let near = candidates.compactMap { candidate -> (name: String, distance: Int)? in
      let other = folded(candidate)
      guard wanted.count > 1, abs(other.count - wanted.count) <= limit else { return nil }
      let distance = distance(Array(wanted.unicodeScalars), Array(other.unicodeScalars))
      return distance <= limit ? (candidate, distance) : nil
    }
    return near.min { $0.distance < $1.distance }?.name
  }

  /// The same, but no name that is merely spelt alike.
  package static func sameOrSynonym(
    of text: String, among candidates: [String], _ otherNames: OtherNames = [:]
  ) -> String? {
    same(as: text, among: candidates)
      ?? otherNames[text].first(where: candidates.contains)
      ?? common.withLock(\.self)?()[text].first(where: candidates.contains)
  }

  /// The same but for case, `_` and `-`.
  package static func same(as text: String, among candidates: some Sequence<String>) -> String? {
    let wanted = folded(text)
    return candidates.first { folded($0) == wanted }
  }

  /// The advice on `text` in a table of words, which may be spelt with another case, `_` or `-` there; nil if there is none.
  package static func advice(on text: String, in table: [String: String]) -> String? {
    same(as: text, among: table.keys).flatMap { table[$0] }
  }

  private static let common = Mutex<(@Sendable () -> OtherNames)?>(nil)

  /// Makes `names` known everywhere in this process, also where names are compared that nothing declares, such as those
  /// in files. They are asked for only if something is misspelt.
  package static func know(_ names: @escaping @Sendable () -> OtherNames) {
    common.withLock { $0 = names }
  }

  /// Many names, of which it is told at once that none is meant.
  package struct Names: Sendable {
    private var names: Set<String> = []
    private var folded: Set<String> = []

    package init() {}

    package mutating func insert(_ name: String) {
      if names.insert(name).inserted { folded.insert(Suggestions.folded(name)) }
    }

    /// True if `sameOrSynonym` finds a name among these.
    package func hasSameOrSynonym(of text: String, _ otherNames: OtherNames) -> Bool {
      folded.contains(Suggestions.folded(text)) || otherNames[text].contains(where: names.contains)
    }
  }

  static func folded(_ text: String) -> String {
    text.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
  }

  /// Optimal string alignment: insertions, deletions, substitutions, swaps of neighbours.
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        row.append(best)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
