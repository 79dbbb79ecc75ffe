import Tensors

extension GraphCompiler {
  /// True if something at or before node `number` learns.
  func needsGradient(_ number: Int) -> Bool { learns[number] }

  /// The gradient of node `number`'s result. All its consumers have been emitted backward.
  func gradient(of number: Int) -> Int {
    guard let gradient = gradients[number] else {
      preconditionFailure("node \(number) has no gradient yet")
    }
    return gradient
  }

  /// Adds what is in `buffer` to the gradient of node `number`'s result, in whose layout it lies. Nobody else needs
  /// what is there: it may become that gradient.
  func giveGradient(of number: Int, in buffer: Int) {
    guard let sum = gradients[number] else {
      gradients[number] = buffer
      return
    }
    let count = layout(sum).floatCount
    backward.append([.buffer(sum), .buffer(buffer)], as: .gradientSum) { floats, _ in
      Elementwise.add(floats[1], to: floats[0], count: count)
    }
  }

  /// Adds to the gradient of node `number`'s result what `write` puts into the buffer it is given, which is in
  /// `layout`; unless given, that is the result's.
  func addGradient(
    of number: Int, in layout: Layout? = nil, _ write: (Int) throws -> Void
  ) throws {
    let own = self.layout(value(of: number).buffer)
    let written = buffer(layout ?? own)
    try write(written)
    guard let layout, layout != own else { return giveGradient(of: number, in: written) }
    let target = buffer(own)
    try reorder(written, into: target, for: graph.nodes[number].layer, in: &backward)
    giveGradient(of: number, in: target)
  }
}
