internal import COneDNN
import Tensors

/// A graph as a list of calls for one lane, shared by all workers.
struct CompiledGraph: Sendable {
  let laneSize: Int
  /// Of the images.
  let inputShape: ImageShape
  /// Of what is read of them, from the first row and column on.
  let readShape: ImageShape
  let classCount: Int
  let loss: any LossFunction
  /// The tensors of a lane.
  let buffers: [Buffer]
  /// The buffers that the images go into, and that the values before the final softmax come out of.
  let input: Int
  let logits: Int
  /// The buffer for the gradient of the logits, which the loss writes; nil if the program doesn't learn.
  let logitsGradient: Int?
  /// Between one stage and the next all lanes of a batch meet, since the next reads what all have gathered.
  let forward: [[Instruction]]
  let backward: [[Instruction]]
  let parameters: [CompiledParameter]
  /// The layout of a lane's tensors in memory.
  let memory: MemoryPlan

  /// Stages of a forward and backward pass: the last one forward is also the first one backward.
  var stageCount: Int { forward.count + backward.count - 1 }

  /// True if lanes meet on the way, so that each needs memory of its own.
  var lanesMeet: Bool { stageCount > 1 }
}

/// A tensor of a lane's, or a view on another buffer's.
struct Buffer: Sendable {
  let layout: Layout
  let viewOf: Int?
  /// True if no other may lie where it does, at whatever time: other lanes read it, or parts that are never written
  /// have to stay zero.
  let isExclusive: Bool
}

/// One call in a lane's forward or backward pass.
struct Instruction: Sendable {
  enum Work: Sendable {
    case kernel(Kernel, [(role: exp_role, place: Place)])
    case routine(Routine)
  }

  let work: Work
  /// Its place among all calls of the program, those forward first.
  var number = 0
  /// True if it is left out when a batch is only predicted.
  let isForTrainingOnly: Bool
  /// Its name in a profile.
  let piece: Profile.Piece
  /// Floating-point operations for a lane, a multiplication and an addition being two; 0 if they are not counted.
  let operations: Double

  /// The parameters whose gradients it computes.
  private(set) var learned: [Int] = []

  /// The places of its tensors.
  var places: [Place] {
    switch work {
    case .kernel(_, let places): places.map(\.place)
    case .routine(let routine): routine.places
    }
  }

  init(_ work: Work, isForTrainingOnly: Bool, as piece: Profile.Piece, operations: Double) {
    self.work = work
    self.isForTrainingOnly = isForTrainingOnly
    self.piece = piece
    self.operations = operations
    learned = places.compactMap { if case .gradient(let parameter) = $0 { parameter } else { nil } }
  }
}

/// Work that is no kernel of the library's.
struct Routine: Sendable {
  let places: [Place]
  /// Called with where the floats of `places` are, and what lane of which batch it is.
  let body: Body

  typealias Floats = UnsafeMutableBufferPointer<UnsafeMutablePointer<Float>>
  typealias Body = @Sendable (_ floats: Floats, _ lane: Lane) -> Void
}

/// The place of a call's tensor.
enum Place: Hashable, Sendable {
  /// In the lane's buffer of this number.
  case buffer(Int)
  /// In the parameter of this number, as kept for its kernels in the layout of that number.
  case parameter(Int, copy: Int)
  /// In the lane's gradient of the parameter of this number.
  case gradient(Int)
}

/// A form in which kernels read a parameter.
struct ParameterCopy: Equatable, Sendable {
  let layout: Layout
  /// The transformation that gives it, of a parameter that is learned as it is saved; nil if it only lies otherwise.
  var transformation: WinogradKernel?
}

/// A parameter and the orders in memory in which kernels want it.
struct CompiledParameter: Sendable {
  let name: String
  let layer: String
  let parameter: Parameter
  /// The order in which it is loaded and saved.
  let canonical: Layout
  /// The forms in which kernels read it. The first is the one in which it is learned.
  var copies: [ParameterCopy]
  /// The order in which its gradient is computed; nil if there is none.
  var gradient: Layout?
  /// True if each lane computes its gradient: a kernel that gives several does so also for those that are not learned.
  var lanesGiveGradient = false
  /// The size of what its gradient is computed from, if that is done over the whole batch.
  var batchRows: BatchRows.Size?

  /// True if it is learned in another order than that of its gradient.
  var isConverted: Bool { gradient.map { $0 != copies[0].layout } ?? false }

  /// Room for it and for its gradient.
  var floatCount: Int { max(copies[0].layout.floatCount, gradient?.floatCount ?? 0) }
}
