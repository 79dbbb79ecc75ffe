/// A layer as a picture of a network shows it.
package struct DrawnLayer: Sendable {
  let name: String
  let type: String
  /// The shape of its result, such as `26×26×32`.
  let shape: String
  let parameterCount: Int
  /// The indices of the layers whose results it takes; they come before it.
  let inputs: [Int]

  package init(name: String, type: String, shape: String, parameterCount: Int, inputs: [Int]) {
    self.name = name
    self.type = type
    self.shape = shape
    self.parameterCount = parameterCount
    self.inputs = inputs
  }
}
