/// Numbers in row-major order with a shape.
package struct Tensor: Equatable, Sendable {
  /// Length of each axis; empty for a single number.
  package let shape: [Int]
  /// The numbers, the last axis running fastest; as many as the product of `shape`.
  package var values: [Float]

  /// A tensor of `shape` holding `values`.
  package init(shape: [Int], values: [Float]) {
    precondition(shape.reduce(1, *) == values.count, "\(values.count) values for shape \(shape)")
    self.shape = shape
    self.values = values
  }
}

/// Tensors with names, in a fixed order: a network's parameters, or their gradients.
package struct NamedTensors: Equatable, Sendable {
  /// One of the tensors.
  package struct Entry: Equatable, Sendable {
    package let name: String
    package var tensor: Tensor

    package init(name: String, tensor: Tensor) {
      self.name = name
      self.tensor = tensor
    }
  }

  /// The tensors in their order.
  package var entries: [Entry]

  package init(_ entries: [Entry] = []) { self.entries = entries }

  /// The tensor called `name`, if there is one.
  package subscript(name: String) -> Tensor? { entries.first { $0.name == name }?.tensor }

  /// The name of the first tensor in which not all values are finite numbers; nil if there is none.
  package var firstNotFinite: String? {
    entries.first { !$0.tensor.values.allSatisfy(\.isFinite) }?.name
  }
}
