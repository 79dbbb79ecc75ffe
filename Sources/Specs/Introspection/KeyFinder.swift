import Synchronization

/// Finds where a key belongs that stands in the wrong section, for the hints of the spec that is being decoded.
final class KeyFinder: Sendable {
  /// The finder of the whole spec; nil outside of decoding.
  @TaskLocal static var current: KeyFinder?

  private let root: any Spec.Type
  private let found = Mutex(Found())

  private struct Found {
    /// All that the root can say, once it is needed.
    var vocabulary: Vocabulary?
    /// Earlier answers: each layer may have the same mistake.
    var answers: [Question: String?] = [:]

    mutating func vocabulary(of root: any Spec.Type) -> Vocabulary {
      let known = vocabulary ?? Vocabulary(root: root)
      vocabulary = known
      return known
    }
  }

  private struct Question: Hashable {
    let key: String
    let spec: ObjectIdentifier
  }

  /// A finder in all that `root` can say.
  init(root: any Spec.Type) { self.root = root }

  /// A hint to the section of the root that has the key, which `spec` has not; nil if there is none.
  func hint(for key: String, notIn spec: any Spec.Type) -> String? {
    // Nothing below decodes a spec, which would ask here again.
    found.withLock { found in
      let question = Question(key: key, spec: ObjectIdentifier(spec))
      if let answer = found.answers[question] { return answer }
      let answer = found.vocabulary(of: root).whereabouts(of: key, notIn: spec)
      found.answers[question] = .some(answer)
      return answer
    }
  }

  /// A hint to the place of a type called `name`, which `catalog` does not have; nil if there is none.
  func hint(forType name: String, notIn catalog: any Catalog.Type) -> String? {
    found.withLock { $0.vocabulary(of: root).whereabouts(ofType: name, notIn: catalog) }
  }

  /// What to do instead of using a key of other tools; nil if there is nothing to say.
  func advice(on key: String) -> String? {
    found.withLock { $0.vocabulary(of: root).advice(on: key) }
  }
}
