/// The origin of a value in force in a run.
package struct ValueOrigin: Hashable, Sendable, Codable {
  /// The value's address: `model.layers.conv2d.filters`.
  package let address: String
  /// The place: `mnist.yaml:12:3`, or `--set optimizer.learning_rate=0.002`; followed by those of the values it was
  /// composed of.
  package let place: String

  /// The value at `address` comes from `place`.
  package init(address: String, place: String) {
    self.address = address
    self.place = place
  }
}
