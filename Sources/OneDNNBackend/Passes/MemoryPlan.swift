/// The arrangement of a lane's tensors: those that are never needed at the same time may share memory.
struct MemoryPlan: Sendable {
  /// Whose memory a tensor lies in.
  enum Home {
    /// The worker's, as long as it is busy with a lane: what is needed only between two points where lanes meet.
    case worker
    /// The lane's: what is needed also after lanes have met, when another worker may go on with it.
    case lane
  }

  struct Spot {
    let home: Home
    /// Floats from the beginning of the home's memory.
    let offset: Int
  }

  /// The spot of each buffer.
  let spots: [Spot]
  private let sizes: [Home: Int]

  /// A plan for `buffers`, which the calls `forward` and `backward` use: the images come into `input`, and between the
  /// directions the loss works in `loss`. Everything has a place of its own unless `isShared`.
  init(
    _ buffers: [Buffer], input: Int, forward: [[Instruction]], loss: [Int],
    backward: [[Instruction]], isShared: Bool
  ) {
    var uses = Lifetimes(buffers)
    uses.use(input)
    uses.run(forward)
    uses.continueStage()
    for buffer in loss { uses.use(buffer) }
    uses.run(backward)
    var spots = buffers.map { _ in Spot(home: .lane, offset: 0) }
    var spaces: [Home: SharedSpace] = [:]
    // Large ones first, which then lie close together.
    let owners = buffers.indices.filter { buffers[$0].viewOf == nil }
      .sorted { (buffers[$0].layout.floatCount, $1) > (buffers[$1].layout.floatCount, $0) }
    for number in owners {
      let isAlone = !isShared || buffers[number].isExclusive
      let home = uses.home(of: number)
      let offset = spaces[home, default: SharedSpace()].take(
        Storage.aligned(buffers[number].layout.floatCount),
        at: isAlone ? 0...Int.max : uses.moments(of: number))
      spots[number] = Spot(home: home, offset: offset)
    }
    for (number, buffer) in buffers.enumerated() {
      // A view comes after what it is a view of.
      if let other = buffer.viewOf { spots[number] = spots[other] }
    }
    self.spots = spots
    sizes = spaces.mapValues(\.size)
  }

  /// Floats that a home needs.
  func floatCount(_ home: Home) -> Int { sizes[home] ?? 0 }
}

/// The times at which each buffer is needed. A moment is a call, or the loss.
private struct Lifetimes {
  private let buffers: [Buffer]
  /// From the first use of each buffer to the last.
  private var spans: [ClosedRange<Int>?]
  private var now = 0
  /// The last moment of each stage.
  private var stageEnds: [Int] = []

  init(_ buffers: [Buffer]) {
    self.buffers = buffers
    spans = buffers.map { _ in nil }
  }

  /// Notes that `buffer` is used now.
  mutating func use(_ buffer: Int) {
    var owner = buffer
    while let other = buffers[owner].viewOf { owner = other }
    spans[owner] = (spans[owner]?.lowerBound ?? now)...now
  }

  /// Advances through `stages`, noting the buffers that they use.
  mutating func run(_ stages: [[Instruction]]) {
    for stage in stages {
      for call in stage {
        now += 1
        for case .buffer(let number) in call.places { use(number) }
      }
      stageEnds.append(now)
    }
  }

  /// Goes on to a moment that still belongs to the last stage.
  mutating func continueStage() {
    stageEnds.removeLast()
    now += 1
  }

  /// The moments at which a buffer that is no view is needed. One that is never used could be anywhere.
  func moments(of buffer: Int) -> ClosedRange<Int> { spans[buffer] ?? 0...0 }

  func home(of buffer: Int) -> MemoryPlan.Home {
    let span = moments(of: buffer)
    let outlivesStage = stageEnds.contains { span.lowerBound <= $0 && $0 < span.upperBound }
    return outlivesStage || buffers[buffer].isExclusive ? .lane : .worker
  }
}
