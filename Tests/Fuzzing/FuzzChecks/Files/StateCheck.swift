import Datasets
import Diagnostics
import ExperimentExamples
import Files
import Foundation
import Learning
import OneDNNBackend
import Plans
import Records
import Running
import Specs
import Tensors

/// What must hold for a run that is resumed, whatever its saved state contains.
///
/// Inputs are `StateParts`, of which a file with the right form and checksum is made.
struct StateCheck: FileCheck {
  let seed = temporaryFolder() + "/state"
  private let runner: Runner
  private let loader = DataLoader()
  private let locations = DataLocations { _ in nil }
  private let context: RunContext
  private let backend = OneDNNBackend(threads: 1)

  private static let spec = """
    data: {dataset: {type: synthetic_digits, training: 30, test: 10, size: 16}, validation: 10}
    model:
      layers:
        - {type: average_pooling2d, pool_size: 8}
        - batch_normalization
        - flatten
        - {type: dense, units: 10, activation: softmax}
    optimizer: adam
    training: {epochs: 2, batch_size: 8}
    callbacks:
      - {type: early_stopping, monitor: val_loss, restore_best_weights: true}
      - model_checkpoint
      - reduce_lr_on_plateau
      - {type: exponential_moving_average, momentum: 0.5}
    """

  init() {
    var diagnostics = Diagnostics()
    let source = SourceFile(path: "state.yaml", text: Self.spec)
    let (loader, locations, backend) = (loader, locations, backend)
    guard let file = SpecFile.read(source, &diagnostics),
      let plan = mustSucceed({ try PlanReader(locations).plans(of: file, &diagnostics) }).first
    else { preconditionFailure(diagnostics.rendered()) }
    runner = mustSucceed {
      Runner(plan, data: try loader.data(of: plan), backend: backend)
    }
    context = .example(temporaryFolder())
    let parts = StateParts(file: interruptedState())
    write(parts.bytes, to: seed)
    precondition(resume(parts)?.status == .completed, "the run cannot be resumed")
  }

  func check(_ bytes: [UInt8]) {
    if let parts = StateParts(bytes) { _ = resume(parts) }
  }

  /// The file of a state between two steps.
  private func interruptedState() -> [UInt8] {
    mustSucceed {
      let run = try runner.begin(seed: 0, context)
      var stepCount = 0
      _ = runner.execute(run, observe: { _ in }) {
        stepCount += 1
        return stepCount > 5
      }
      let states = run.folder.path + "/state"
      let names = try FileManager.default.contentsOfDirectory(atPath: states)
      guard let last = names.filter({ $0.hasSuffix(".safetensors") }).max() else {
        preconditionFailure("nothing was saved")
      }
      return try Storage.read(states + "/" + last)
    }
  }

  /// The outcome of a run that is resumed from a state with these parts; nil if it is refused.
  private func resume(_ parts: StateParts) -> Runner.Outcome? {
    // The lock goes with what `begin` returns.
    let folder = mustSucceed { try runner.begin(seed: 0, context).folder }
    defer { mustSucceed { try FileManager.default.removeItem(atPath: folder.path) } }
    mustSucceed { try folder.writeState(parts.file, at: parts.position) }
    var isRefused = false
    let resumption = reporting {
      try Resumption(
        of: folder, context: context, backend: backend, locations: locations, loader: loader,
        plan: runner.plan
      ) { error in
        _ = "\(error)"
        isRefused = true
      }
    }
    guard let resumption, !isRefused else { return nil }
    return resumption.runner.execute(resumption.run, observe: { _ in }, isInterrupted: { false })
  }
}
