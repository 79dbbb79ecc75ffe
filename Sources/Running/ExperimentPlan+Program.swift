import Plans
import Tensors

extension ExperimentPlan {
  /// The network with these `parameters`, as a program of `backend` that computes probabilities. A lane has as many
  /// images as in the run, which decides the last digits, or else `laneSize`.
  func program(
    _ backend: any Backend, with parameters: NamedTensors, laneSize: Int? = nil
  ) throws -> any Program {
    let program = try backend.compile(
      graph, laneSize: laneSize ?? spec.training.laneSizeInForce, mode: .inference)
    try program.load(parameters)
    return program
  }
}
