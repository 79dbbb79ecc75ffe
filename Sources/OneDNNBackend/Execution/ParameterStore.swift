internal import COneDNN
import Tensors

/// A program's parameters, the copies its kernels read, and their gradients.
///
/// The parameters lie one after another in the layouts in which they are learned, and so do the gradients and the
/// update rule's state: an update is one pass over all of them, in slices that any worker may take.
// Unchecked: workers touch disjoint slices, between barriers.
final class ParameterStore: @unchecked Sendable {
  let parameters: [CompiledParameter]
  private let rule: (any UpdateRule)?
  /// Where each parameter starts among the floats that are learned.
  private let offsets: [Int]
  private let floatCount: Int
  private let learned: Storage
  private let slots: [Storage]
  /// For each parameter, each of its copies; the first is the learned one.
  private let copies: [[Memory]]
  /// What brings the learned parameters into the other copies: one for each such copy.
  private let refreshes: [Reorder]
  /// Where lanes put their gradients: each lane has a slot, which it may share with others.
  private(set) var gradients: [Gradients] = []

  /// Numbers a worker takes at a time: small enough that all slots' share stays in the nearest cache.
  private static let sliceSize = 1024

  init(_ parameters: [CompiledParameter], rule: (any UpdateRule)?) throws {
    self.parameters = parameters
    self.rule = rule
    var offsets: [Int] = []
    var count = 0
    for parameter in parameters {
      offsets.append(count)
      count += Storage.aligned(parameter.copies[0].floatCount)
    }
    let learned = try Storage(count: count)
    let copies = try zip(parameters, offsets).map { parameter, offset in
      try parameter.copies.enumerated().map { number, layout in
        number == 0 ? try Memory(layout, in: learned, at: offset) : try Memory(layout)
      }
    }
    let floatCount = count
    self.offsets = offsets
    self.floatCount = floatCount
    self.learned = learned
    self.copies = copies
    slots = try (0..<(rule?.slotCount ?? 0)).map { _ in try Storage(count: floatCount) }
    refreshes = try zip(parameters, copies).flatMap { parameter, copies in
      try copies.dropFirst().map { copy in
        try Reorder(from: copies[0], to: copy, for: parameter.name)
      }
    }
  }

  /// The tensor of a parameter that kernels read.
  func memory(_ parameter: Int, copy: Int) -> Memory { copies[parameter][copy] }

  /// New gradients, all zero.
  func makeGradients() throws -> Gradients {
    try Gradients(parameters, at: offsets, floatCount: floatCount)
  }

  /// Makes room for gradients in slots 0 ..< `count`.
  func needGradients(_ count: Int) throws {
    while gradients.count < count { gradients.append(try makeGradients()) }
  }

  /// Adds all of `gradients` to slot number `slot`.
  func add(_ gradients: Gradients, toSlot slot: Int) {
    self.gradients[slot].add(gradients, 0..<floatCount)
  }

  // MARK: an update, by all workers together

  var sliceCount: Int { (floatCount + Self.sliceSize - 1) / Self.sliceSize }
  var refreshCount: Int { refreshes.count }

  /// Adds slice number `slice` of the gradients in the first `slotCount` slots, in a fixed tree; the sum ends in
  /// slot 0, and the others' are used up.
  func sumGradients(slice: Int, slotCount: Int) {
    let range = range(of: slice)
    var distance = 1
    while distance < slotCount {
      for slot in stride(from: 0, to: slotCount - distance, by: 2 * distance) {
        gradients[slot].add(gradients[slot + distance], range)
      }
      distance *= 2
    }
  }

  /// Updates slice number `slice` of the parameters with the summed gradients.
  func update(slice: Int, learningRate: Float, step: Int) {
    guard let rule else { preconditionFailure("an update without a rule") }
    let range = range(of: slice)
    rule.update(
      learned.floats + range.lowerBound,
      gradients: UnsafePointer(gradients[0].floats + range.lowerBound),
      slots: slots.map { $0.floats + range.lowerBound }, count: range.count,
      learningRate: learningRate, step: step)
  }

  /// Brings the parameters into copy number `index` of those that kernels read in another layout.
  func refresh(_ index: Int, on stream: Stream) throws {
    try refreshes[index].run(on: stream)
  }

  private func range(of slice: Int) -> Range<Int> {
    slice * Self.sliceSize..<min((slice + 1) * Self.sliceSize, floatCount)
  }

  // MARK: loading and saving

  func load(_ tensors: NamedTensors, on stream: Stream) throws {
    for (parameter, copies) in zip(parameters, copies) {
      guard let tensor = tensors[parameter.name], tensor.shape == parameter.parameter.shape else {
        throw ParameterMismatch(
          name: parameter.name, wanted: parameter.parameter.shape,
          found: tensors[parameter.name]?.shape)
      }
      let canonical = try Memory(parameter.canonical)
      tensor.values.withUnsafeBufferPointer {
        canonical.floats.update(
          from: $0.baseAddress ?? UnsafePointer(canonical.floats), count: $0.count)
      }
      try Reorder(from: canonical, to: copies[0], for: parameter.name).run(on: stream)
    }
    for index in refreshes.indices { try refresh(index, on: stream) }
  }

  func parameters(on stream: Stream) throws -> NamedTensors {
    try tensors(on: stream) { copies[$0][0] }
  }

  /// The summed gradients, from slot 0.
  func summedGradients(on stream: Stream) throws -> NamedTensors {
    try tensors(on: stream) { gradients[0][$0] }
  }

  private func tensors(on stream: Stream, _ memory: (Int) -> Memory) throws -> NamedTensors {
    NamedTensors(
      try parameters.enumerated().map { index, parameter in
        let canonical = try Memory(parameter.canonical)
        try Reorder(from: memory(index), to: canonical, for: parameter.name).run(on: stream)
        let values = UnsafeBufferPointer(start: canonical.floats, count: parameter.parameter.count)
        return .init(
          name: parameter.name,
          tensor: Tensor(shape: parameter.parameter.shape, values: Array(values)))
      })
  }
}
