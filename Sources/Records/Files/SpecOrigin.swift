import Documents

/// Where a value of a run's resolved spec comes from.
package struct SpecOrigin: Hashable, Sendable, Encodable, JSONReadable {
  /// Where it stands in the resolved spec, items of lists by number: `model.layers.0.filters`.
  package let key: String
  /// `mnist.yaml:12:3`, or `--set optimizer.learning_rate=0.002`; then what it was put together from.
  package let place: String

  /// The value at `key` comes from `place`.
  package init(key: String, place: String) { (self.key, self.place) = (key, place) }

  private enum CodingKeys: String, CodingKey { case key, place }

  package init(json node: JSONNode) throws {
    let json = node.object(CodingKeys.self)
    self.init(key: try json(.key), place: try json(.place))
  }
}
