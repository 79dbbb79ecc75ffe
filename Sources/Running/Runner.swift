import Datasets
import Diagnostics
import Learning
import Plans
import Records
import Tensors

/// Executes a plan's runs, each in a folder of its own.
package struct Runner: Sendable {
  package let plan: ExperimentPlan
  package let data: PreparedData
  private let backend: any Backend

  /// Runs of `plan`, whose data is `data`.
  package init(_ plan: ExperimentPlan, data: PreparedData, backend: any Backend) {
    self.plan = plan
    self.data = data
    self.backend = backend
  }

  /// The outcome of one run.
  package struct Outcome: Sendable {
    package let folder: RunFolder
    package let seed: Int
    package let status: RunStatus
    /// The exit status of a command with this run alone.
    package let exit: ExitStatus
    /// The results of a completed run.
    package let results: Results?
    /// The error that ended a run that is not completed.
    package let error: RunError?

    package init(
      folder: RunFolder, seed: Int, status: RunStatus, exit: ExitStatus, results: Results?,
      error: RunError?
    ) {
      self.folder = folder.notKeptOpen()
      self.seed = seed
      self.status = status
      self.exit = exit
      self.results = results
      self.error = error
    }
  }

  /// Makes the folder of a new run from `seed`, with all files that are known before training.
  ///
  /// - Throws: `StorageError` if that fails; then there is no folder.
  package func begin(seed: Int, _ context: RunContext) throws -> OpenRun {
    let manifest = manifest(seed: seed, context)
    let (folder, lease) = try RunFolder.create(
      in: context.outputDirectory, experiment: plan.name, started: context.started,
      variantMark: plan.cell == nil ? nil : RunFolder.variantMark(manifest.specHash),
      repetition: manifest.repetition
    ) { folder in
      try RunRecorder.begin(
        folder, manifest, of: plan, data, gitDiff: context.gitChanges?.diff ?? [])
    }
    for note in data.description.notes { try folder.log("note: \(note)") }
    return OpenRun(folder: folder, lease: lease, manifest: manifest, state: nil)
  }

  /// Trains and scores the rest of `run`, which must be of this plan.
  ///
  /// Everything that happens in the run, errors too, is in its outcome and its folder.
  ///
  /// - Parameters:
  ///   - observe: called with every event.
  ///   - isInterrupted: called before each step; the run ends once it returns true.
  ///   - finish: adds to the folder of a complete run, while this process still holds its lease.
  package func execute(
    _ run: OpenRun, observe: @escaping (RunEvent) -> Void,
    isInterrupted: @escaping () -> Bool, finish: (RunFolder) -> Void = { _ in }
  ) -> Outcome {
    defer { run.lease.release() }
    return run.lease.renewed {
      train(run, observe: observe, isInterrupted: isInterrupted, finish: finish)
    }
  }

  private func train(
    _ run: OpenRun, observe: @escaping (RunEvent) -> Void,
    isInterrupted: @escaping () -> Bool, finish: (RunFolder) -> Void
  ) -> Outcome {
    let seed = run.manifest.seed
    let recorder = RunRecorder(run)
    do {
      try recorder.resume()
      let trainer = try trainer(seed)
      let network = try trainer.train(
        on: plan.spec.loss.value.weighted(
          data.training(
            augmentedBy: plan.spec.augmentation, seed: seed, of: trainer.draws?.images)),
        validation: data.validation, backend: backend, from: run.state?.training,
        observe: {
          try recorder.record($0)
          observe($0)
        },
        isInterrupted: isInterrupted)
      let results = try recorder.complete(network, data, of: plan.spec)
      finish(run.folder)
      do {
        try run.folder.removeState()
      } catch {
        observe(.note("the saved state, which is no longer needed, stays: \(error)"))
      }
      return Outcome(
        folder: run.folder, seed: seed, status: .completed, exit: .done, results: results,
        error: nil)
    } catch {
      let failure = recorder.fail(error, seed: seed)
      return Outcome(
        folder: run.folder, seed: seed, status: failure.status, exit: failure.exit, results: nil,
        error: failure.error)
    }
  }

  /// The trainer of the run from `seed`. Throws a `Diagnostic` if it cannot draw from the data.
  func trainer(_ seed: Int) throws(Diagnostic) -> Trainer {
    Trainer(
      graph: plan.graph, optimizer: plan.spec.optimizer.value,
      callbacks: plan.spec.callbacks.map(\.value), training: plan.spec.training, seed: seed,
      draws: try plan.draws(from: data),
      initialParameters: plan.initialWeights?.parameters ?? NamedTensors(),
      saveState: plan.spec.saveState)
  }

  func manifest(seed: Int, _ context: RunContext) -> Manifest {
    let spec = plan.spec
    return Manifest(
      name: plan.name, description: spec.description, variant: plan.cell?.description,
      varied: plan.cell?.labels.map(\.address) ?? [],
      tag: context.tag, note: context.note, seed: seed,
      fold: spec.data.folds.flatMap { Manifest.Fold($0) },
      specHash: plan.specHash(data.description.source),
      command: context.command, epochsPlanned: spec.training.epochs,
      data: Manifest.DataSummary(data.description),
      layers: plan.layers.layers.map {
        Manifest.LayerRow($0, weights: plan.origin(of: $0))
      },
      parameterCount: plan.layers.parameterCount,
      laneSize: spec.training.laneSizeInForce, machine: context.machine,
      expVersion: context.expVersion, toolchain: context.toolchain, gitCommit: context.gitCommit,
      gitChanges: context.gitChanges)
  }
}

extension Manifest.DataSummary {
  /// The record of `data`.
  init(_ data: DataDescription) {
    self.init(
      dataset: data.dataset, imageShape: data.imageShape.lengths, classNames: data.classNames,
      firstLabel: data.firstLabel, trainingCount: data.counts.training,
      validationCount: data.counts.validation,
      testCount: data.counts.test, sharedTestCount: data.sharedTestCount,
      contents: [
        .init(.training, data.source.training),
        Manifest.Contents(.validation, own: data.source.validation, heldOut: data.validation),
        Manifest.Contents(.test, own: data.source.test, heldOut: data.test),
      ].compactMap(\.self),
      scaling: .init(shift: data.scaling.shift, divisor: data.scaling.divisor))
  }
}

extension Manifest.Fold {
  /// The record of the only one of `folds` that is to run; nil if there are several.
  fileprivate init?(_ folds: Folds) {
    guard let index = folds.single else { return nil }
    self.init(index: index, count: folds.count, part: folds.part == .test ? .test : .validation)
  }
}

extension Manifest.LayerRow {
  fileprivate init(_ layer: LayerGraph.Layer, weights: Manifest.WeightsOrigin?) {
    self.init(
      name: layer.name, type: layer.type, outputShape: layer.outputShape.lengths,
      parameters: layer.parameterCount, flops: layer.floatingPointOperations, weights: weights)
  }
}
