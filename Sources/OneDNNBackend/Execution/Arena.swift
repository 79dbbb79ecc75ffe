internal import COneDNN
import Tensors

/// The memory of one lane, and the program's calls on it.
final class Arena: @unchecked Sendable {  // used by one thread at a time
  let buffers: [Memory]
  private(set) var forward: [[Call]] = []
  private(set) var backward: [[Call]] = []

  /// An instruction whose places have become memory.
  struct Call {
    enum Work {
      case kernel(Kernel, [exp_argument])
      case routine(Routine, [UnsafeMutablePointer<Float>])
    }

    /// Its place among all calls of the program, those forward first.
    let number: Int
    let work: Work
    /// Floating-point operations, where they are counted.
    let operations: Int
    /// Which arguments are parameters' gradients; where these are is known only in a step.
    let gradients: [(argument: Int, parameter: Int)]
    let isForTrainingOnly: Bool
  }

  init(_ graph: CompiledGraph, store: ParameterStore) throws {
    var buffers: [Memory] = []
    var storages: [Storage] = []
    for buffer in graph.buffers {
      let storage =
        try buffer.viewOf.map { storages[$0] } ?? Storage(count: buffer.layout.floatCount)
      storages.append(storage)
      buffers.append(try Memory(buffer.layout, in: storage))
    }
    self.buffers = buffers
    var count = 0
    func bind(_ instruction: Instruction) -> Call {
      defer { count += 1 }
      return self.bind(instruction, store, number: count)
    }
    forward = graph.forward.map { $0.map(bind) }
    backward = graph.backward.map { $0.map(bind) }
  }

  private func bind(_ instruction: Instruction, _ store: ParameterStore, number: Int) -> Call {
    var gradients: [(argument: Int, parameter: Int)] = []
    func memory(_ place: Place, _ position: Int) -> Memory? {
      switch place {
      case .buffer(let number): return buffers[number]
      case .parameter(let number, let copy): return store.memory(number, copy: copy)
      case .gradient(let number):
        gradients.append((position, number))
        return nil
      }
    }
    let work: Call.Work
    switch instruction.work {
    case .kernel(let made, let places):
      let arguments = places.enumerated().map {
        exp_argument(role: $1.role, memory: memory($1.place, $0)?.handle)
      }
      work = .kernel(made, arguments)
    case .routine(let routine):
      let floats = routine.places.enumerated().map {
        memory($1, $0)?.floats ?? buffers[0].floats  // until the gradient's place is known
      }
      work = .routine(routine, floats)
    }
    return Call(
      number: number, work: work, operations: instruction.operations, gradients: gradients,
      isForTrainingOnly: instruction.isForTrainingOnly)
  }
}
