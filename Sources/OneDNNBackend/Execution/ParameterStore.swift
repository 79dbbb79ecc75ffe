internal import COneDNN
import Tensors

/// A program's parameters, the copies its kernels read, and their gradients.
///
/// The parameters lie one after another in the layouts in which they are learned, and so do, as far as they are learned, the
/// update rule's state and, in the layouts in which they are computed, the gradients. `ParameterStore+Update.swift` has the
/// update, in slices that any worker may take.
// Unchecked: workers touch disjoint slices, between barriers.
final class ParameterStore: @unchecked Sendable {
  let parameters: [CompiledParameter]
  let rule: (any UpdateRule)?
  /// The start of each parameter among the floats that are learned.
  let offsets: [Int]
  /// The end of the parameters whose gradients lanes give. They come first, then those whose gradients are computed
  /// over the batch, then the others, which are not learned.
  private let laneEnd: Int
  /// The end of the parameters that are learned.
  private let learnedEnd: Int
  /// The pieces that an update is cut into.
  let slices: [Slice]
  let learned: Storage
  let slots: [Storage]
  /// For each parameter, each of its copies; the first is the learned one.
  private let copies: [[Memory]]
  /// What brings parameters into the other copies, in one or more parts for each: those of learned parameters first.
  private let refreshes: [(parameter: Int, run: (Stream) throws -> Void)]
  /// The slots that lanes put their gradients into; several lanes may share one.
  private(set) var gradients: [Gradients] = []
  /// For parameters that are learned in another layout than kernels give their gradient in: the summed gradient, and
  /// what brings it there.
  private(set) var converted: [Int: (memory: Memory, reorder: Reorder)] = [:]
  /// The rows from which the gradients over the whole batch are computed, by parameter.
  let rows: [Int: BatchRows]
  /// The share of each slice in the penalty, and in the square of the gradients' norm.
  let penalties: UnsafeMutableBufferPointer<Double>
  let squares: UnsafeMutableBufferPointer<Double>

  /// Part of the floats that are learned, all of one parameter.
  struct Slice {
    let parameter: Int
    let range: Range<Int>
    /// The number of values from the start of the range on that are updated: all, unless the gradients' layout is
    /// longer than that in which the parameter is learned.
    let count: Int
  }

  /// Numbers a worker takes at a time: small enough that all slots' share stays in the nearest cache.
  private static let sliceSize = 1024
  /// Rows of a gradient that a worker computes at a time over the whole batch.
  private static let rowsPerSlice = 64

  init(_ parameters: [CompiledParameter], rule: (any UpdateRule)?) throws {
    self.parameters = parameters
    self.rule = rule
    var offsets = parameters.map { _ in 0 }
    var count = 0
    /// Lays such parameters behind those that lie already, and returns where they end.
    func lay(_ isMeant: (CompiledParameter) -> Bool) -> Int {
      for (index, parameter) in parameters.enumerated() where isMeant(parameter) {
        offsets[index] = count
        count += Storage.aligned(parameter.floatCount)
      }
      return count
    }
    let laneEnd = lay(\.lanesGiveGradient)
    let learnedEnd = lay { $0.parameter.isLearned && !$0.lanesGiveGradient }
    let learned = try Storage(
      count: lay { !$0.parameter.isLearned && !$0.lanesGiveGradient })
    let slices = zip(parameters, offsets).enumerated().flatMap { index, entry in
      let (parameter, offset) = entry
      guard parameter.parameter.isLearned else { return [Slice]() }
      let end = offset + parameter.floatCount
      if rule?.needsWholeToChange(parameter.parameter) ?? false {
        return [Slice(parameter: index, range: offset..<end, count: parameter.parameter.count)]
      }
      let size = parameter.batchRows.map { $0.outputs * Self.rowsPerSlice } ?? Self.sliceSize
      return stride(from: offset, to: end, by: size).map {
        let range = $0..<min($0 + size, end)
        return Slice(parameter: index, range: range, count: range.count)
      }
    }
    let copies = try zip(parameters, offsets).map { parameter, offset in
      try parameter.copies.enumerated().map { number, copy in
        number == 0 ? try Memory(copy.layout, in: learned, at: offset) : try Memory(copy.layout)
      }
    }
    self.offsets = offsets
    self.laneEnd = laneEnd
    self.learnedEnd = learnedEnd
    self.slices = slices
    var rows: [Int: BatchRows] = [:]
    for (index, parameter) in parameters.enumerated() {
      rows[index] = try parameter.batchRows.map { try BatchRows($0) }
    }
    self.rows = rows
    self.learned = learned
    self.copies = copies
    slots = try (0..<(rule?.slotCount ?? 0)).map { _ in try Storage(count: learnedEnd) }
    let isLearned = parameters.map(\.parameter.isLearned)
    let order =
      parameters.indices.filter { isLearned[$0] } + parameters.indices.filter { !isLearned[$0] }
    refreshes = try order.flatMap { index in
      try zip(copies[index], parameters[index].copies).dropFirst().flatMap { memory, copy in
        let learned = copies[index][0]
        guard let transformation = copy.transformation else {
          let reorder = try Reorder(from: learned, to: memory, for: parameters[index].name)
          return [(index, { try reorder.run(on: $0) })]
        }
        return transformation.parts.map { part in
          (index, { _ in transformation.transform(part, of: learned.floats, into: memory.floats) })
        }
      }
    }
    // Not arrays: workers write to them at the same time, which an array may answer with a copy.
    penalties = .allocate(capacity: slices.count)
    penalties.initialize(repeating: 0)
    squares = .allocate(capacity: slices.count)
    squares.initialize(repeating: 0)
  }

  deinit {
    penalties.deallocate()
    squares.deallocate()
  }

  /// The tensor of a parameter that kernels read.
  func memory(_ parameter: Int, copy: Int) -> Memory { copies[parameter][copy] }

  /// New gradients, all zero, of the parameters whose gradients lanes compute.
  func makeGradients() throws -> Gradients {
    try Gradients(parameters, at: offsets, floatCount: laneEnd)
  }

  /// Makes room for gradients in slots 0 ..< `count`, and for those of `imageCount` images.
  func reserveGradients(_ count: Int, imageCount: Int) throws {
    // The first takes the sums, also of what is computed over the batch.
    if gradients.isEmpty {
      gradients.append(try Gradients(parameters, at: offsets, floatCount: learnedEnd))
    }
    while gradients.count < count { gradients.append(try makeGradients()) }
    for rows in rows.values { try rows.reserve(imageCount) }
    guard converted.isEmpty else { return }
    for (index, parameter) in parameters.enumerated() where parameter.isConverted {
      let memory = try Memory(parameter.copies[0].layout)
      converted[index] = (
        memory, try Reorder(from: gradients[0][index], to: memory, for: parameter.name)
      )
    }
  }

  /// The range of parameter number `parameter` among the floats.
  func range(of parameter: Int) -> Range<Int> {
    offsets[parameter]..<offsets[parameter] + parameters[parameter].floatCount
  }

  /// The number of parts of copies that an update has to refresh.
  var refreshCount: Int { refreshes.count { parameters[$0.parameter].parameter.isLearned } }

  /// Brings the parameters into part number `index` of the copies that kernels read in another form.
  func refresh(_ index: Int, on stream: Stream) throws { try refreshes[index].run(stream) }

  /// The parameter that part number `index` of the copies belongs to.
  func parameter(ofCopy index: Int) -> Int { refreshes[index].parameter }

  // MARK: loading and saving

  func load(_ tensors: NamedTensors, on stream: Stream) throws {
    for index in parameters.indices {
      try load(tensors, index, into: copies[index][0], on: stream)
    }
    for index in refreshes.indices { try refresh(index, on: stream) }
  }

  /// Sets what the rule keeps beside the learned parameters: one set of tensors for each slot.
  func loadSlots(_ tensors: [NamedTensors], on stream: Stream) throws {
    for slot in slots.indices {
      for index in parameters.indices where parameters[index].parameter.isLearned {
        try load(
          slot < tensors.count ? tensors[slot] : NamedTensors(), index,
          into: memory(ofSlot: slot, index), on: stream)
      }
    }
  }

  /// The numbers that the rule keeps beside the learned parameters: one set of tensors for each slot.
  func slots(on stream: Stream) throws -> [NamedTensors] {
    try slots.indices.map { slot in
      NamedTensors(
        try parameters.indices.filter { parameters[$0].parameter.isLearned }.map {
          try entry($0, in: memory(ofSlot: slot, $0), on: stream)
        })
    }
  }

  /// The memory of slot number `slot` of parameter number `index`; it is laid out as the learned parameter is.
  private func memory(ofSlot slot: Int, _ index: Int) throws -> Memory {
    try Memory(parameters[index].copies[0].layout, in: slots[slot], at: offsets[index])
  }

  /// Puts the tensor with the name of parameter number `index` into `memory`.
  private func load(
    _ tensors: NamedTensors, _ index: Int, into memory: Memory, on stream: Stream
  ) throws {
    let parameter = parameters[index]
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
    try Reorder(from: canonical, to: memory, for: parameter.name).run(on: stream)
  }

  func parameters(on stream: Stream) throws -> NamedTensors {
    NamedTensors(try parameters.indices.map { try entry($0, in: copies[$0][0], on: stream) })
  }

  /// The gradients of the learned parameters, as an update would use them.
  func summedGradients(on stream: Stream) throws -> NamedTensors {
    NamedTensors(
      try parameters.indices.filter { parameters[$0].parameter.isLearned }.map {
        try entry($0, in: converted[$0]?.memory ?? gradients[0][$0], on: stream)
      })
  }

  private func entry(
    _ index: Int, in memory: Memory, on stream: Stream
  ) throws -> NamedTensors.Entry {
    let parameter = parameters[index]
    let canonical = try Memory(parameter.canonical)
    try Reorder(from: memory, to: canonical, for: parameter.name).run(on: stream)
    let values = UnsafeBufferPointer(start: canonical.floats, count: parameter.parameter.count)
    return .init(
      name: parameter.name,
      tensor: Tensor(shape: parameter.parameter.shape, values: Array(values)))
  }
}
