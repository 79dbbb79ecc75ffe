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

  /// The same in a buffer that may be changed: a copy if it is also that of other nodes.
  func changeableGradient(of number: Int) -> Int {
    let gradient = gradient(of: number)
    guard isNeeded(gradient, besidesBy: number) else { return gradient }
    let copy = copied(gradient)
    gradients[number] = copy
    return copy
  }

  /// Adds what is in `buffer` to the gradient of node `number`'s result, in whose layout it lies. It may become that
  /// gradient, and of several nodes: who changes what is there asks for a `changeableGradient`.
  func giveGradient(of number: Int, in buffer: Int) {
    guard let sum = gradients[number] else {
      gradients[number] = buffer
      return
    }
    var (target, other) = (sum, buffer)
    if isNeeded(sum, besidesBy: number) {
      (target, other) = isNeeded(buffer, besidesBy: number) ? (copied(sum), buffer) : (buffer, sum)
    }
    gradients[number] = target
    let count = layout(target).floatCount
    backward.append([.buffer(target), .buffer(other)], as: .gradientSum) { floats, _ in
      Elementwise.add(floats[1], to: floats[0], count: count)
    }
  }

  /// The buffer with the gradient of node `number`'s result so far, if that is in `layout` and may be added to.
  func gradientToAddTo(of number: Int, in layout: Layout) -> Int? {
    guard let sum = gradients[number], self.layout(sum) == layout,
      !isNeeded(sum, besidesBy: number)
    else { return nil }
    return sum
  }

  /// True if `buffer` holds the gradient of a node other than `number` whose backward calls have not all been emitted.
  private func isNeeded(_ buffer: Int, besidesBy number: Int) -> Bool {
    gradients.contains { node, gradient in
      node != number && node <= emitted && owner(of: gradient) == owner(of: buffer)
    }
  }

  /// A copy of what is in `source`.
  private func copied(_ source: Int) -> Int {
    let copy = buffer(layout(source))
    let count = layout(source).floatCount
    backward.append([.buffer(copy), .buffer(source)], as: .gradientSum) { floats, _ in
      Elementwise.copy(floats[1], to: floats[0], count: count)
    }
    return copy
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
