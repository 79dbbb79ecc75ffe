import Synchronization

/// Sections that were read without a complaint, so that specs which share them read them once: those of a sweep.
package final class SectionCache: Sendable {
  private struct Entry: Sendable {
    /// Kept, for no other node to take its place in memory.
    let node: Node
    let field: any AnyField
  }

  /// An alias makes one node the value of several fields, each with checks of its own.
  private struct Key: Hashable {
    let node: ObjectIdentifier
    let field: String
  }

  private let entries = Mutex<[Key: Entry]>([:])

  /// More than these are not what many specs share.
  private static let most = 10_000

  /// Nothing yet.
  package init() {}

  /// Gives `field`, which has that key, the value that was read from `node`; false if none was.
  func fill(_ field: any AnyField, _ key: String, from node: Node) -> Bool {
    let known = entries.withLock { $0[Key(node: ObjectIdentifier(node), field: key)] }
    return known.map { field.share($0.field) } ?? false
  }

  /// Remembers what `field` has read from `node`.
  func keep(_ field: any AnyField, _ key: String, readFrom node: Node) {
    field.prepareForSharing()
    entries.withLock { entries in
      if entries.count < Self.most {
        entries[Key(node: ObjectIdentifier(node), field: key)] = Entry(node: node, field: field)
      }
    }
  }
}
