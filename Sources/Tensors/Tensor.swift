/// Numbers in row-major order with a shape.
public struct Tensor: Equatable, Sendable {
  /// Length of each axis; empty for a single number.
  public let shape: [Int]
  /// The numbers, the last axis running fastest; as many as the product of `shape`.
  public var values: [Float]

  /// A tensor of `shape` holding `values`.
  public init(shape: [Int], values: [Float]) {
    precondition(shape.reduce(1, *) == values.count, "\(values.count) values for shape \(shape)")
    (self.shape, self.values) = (shape, values)
  }
}

/// Tensors with names, in a fixed order: a network's parameters, or their gradients.
public struct NamedTensors: Equatable, Sendable {
  /// One of the tensors.
  public struct Entry: Equatable, Sendable {
    public let name: String
    public var tensor: Tensor

    public init(name: String, tensor: Tensor) { (self.name, self.tensor) = (name, tensor) }
  }

  /// The tensors in their order.
  public var entries: [Entry]

  public init(_ entries: [Entry] = []) { self.entries = entries }

  /// The tensor called `name`, if there is one.
  public subscript(name: String) -> Tensor? { entries.first { $0.name == name }?.tensor }
}
