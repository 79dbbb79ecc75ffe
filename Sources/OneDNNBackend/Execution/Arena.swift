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
      /// `scratchpad` is the kernel's number among all of the program.
      case kernel(Kernel, [exp_argument], scratchpad: Int)
      case routine(Routine, [UnsafeMutablePointer<Float>])
    }

    let work: Work
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
    var kernelCount = 0
    func bind(_ instruction: Instruction) -> Call {
      let call = self.bind(instruction, store, kernel: kernelCount)
      if case .kernel = instruction.work { kernelCount += 1 }
      return call
    }
    forward = graph.forward.map { $0.map(bind) }
    backward = graph.backward.map { $0.map(bind) }
  }

  private func bind(_ instruction: Instruction, _ store: ParameterStore, kernel: Int) -> Call {
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
      work = .kernel(made, arguments, scratchpad: kernel)
    case .routine(let routine):
      let floats = routine.places.enumerated().map {
        memory($1, $0)?.floats ?? buffers[0].floats  // until the gradient's place is known
      }
      work = .routine(routine, floats)
    }
    return Call(
      work: work, gradients: gradients, isForTrainingOnly: instruction.isForTrainingOnly)
  }
}
