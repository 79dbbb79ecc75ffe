internal import COneDNN
import Tensors

/// Calls in order, with the points between them where lanes meet.
struct Calls {
  enum Direction { case forward, backward }

  private var stages: [[Instruction]] = [[]]
  private let direction: Direction
  /// The purpose of the calls that are added: the layer, the kind of work for it, and the operations of its kernels for
  /// a lane.
  private var layer = ""
  private var work = Profile.Piece.Work.forward
  private var operations = 0.0

  init(_ direction: Direction) { self.direction = direction }

  /// Calls that are added from now on are those of node `number`, of whose result `made` is computed.
  mutating func begin(_ graph: Graph, _ number: Int, _ made: ImageShape, laneSize: Int) {
    let node = graph.nodes[number]
    layer = node.layer
    let isActivation = if case .activation = node.operation { true } else { false }
    work =
      switch direction {
      case .forward: isActivation ? .activation : .forward
      case .backward: isActivation ? .activationGradient : .inputGradient
      }
    operations =
      switch node.operation {
      case .convolution2D, .dense:
        Double(laneSize)
          * Double(
            node.operation.floatingPointOperations(for: node.inputs.map { graph.nodes[$0].shape }))
          / Double(node.shape.elementCount) * Double(made.elementCount)
      default: 0
      }
  }

  /// Adds a call of a kernel.
  mutating func append(
    _ kernel: Kernel, _ places: [(role: exp_role, place: Place)], isForTrainingOnly: Bool = false
  ) {
    let work: Profile.Piece.Work =
      if kernel.isReorder {
        .reorder
      } else if places.contains(where: { $0.role == EXP_WEIGHTS_GRADIENT }) {
        .weightsGradient
      } else {
        self.work
      }
    stages[stages.count - 1].append(
      Instruction(
        .kernel(kernel, places), isForTrainingOnly: isForTrainingOnly,
        as: Profile.Piece(layer: layer, work: work, kernel: kernel.name),
        operations: work == .reorder ? 0 : operations))
  }

  /// Adds a call of a routine. A profile calls it by `work`; unless given, by what it fills: a parameter's gradient, or
  /// what the node's calls mostly do. One that does the node's operation has the name of what does it.
  mutating func append(
    _ places: [Place], isForTrainingOnly: Bool = false, by kernel: String? = nil,
    as work: Profile.Piece.Work? = nil, _ body: @escaping Routine.Body
  ) {
    let fillsGradient = places.contains { if case .gradient = $0 { true } else { false } }
    stages[stages.count - 1].append(
      Instruction(
        .routine(Routine(places: places, body: body)),
        isForTrainingOnly: isForTrainingOnly,
        as: Profile.Piece(
          layer: layer, work: work ?? (fillsGradient ? .weightsGradient : self.work), kernel: kernel
        ),
        operations: kernel == nil ? 0 : work == .bothGradients ? 2 * operations : operations))
  }

  /// The number of calls.
  var count: Int { stages.reduce(0) { $0 + $1.count } }

  /// All of them by stage, numbered from `first` on.
  func numbered(from first: Int) -> [[Instruction]] {
    var next = first
    return stages.map { stage in
      stage.map { call in
        var call = call
        call.number = next
        next += 1
        return call
      }
    }
  }

  /// Makes the following calls wait until they can read what all lanes have gathered before.
  mutating func meet() { stages.append([]) }
}
