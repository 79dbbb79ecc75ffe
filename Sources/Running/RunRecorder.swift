import Datasets
import Diagnostics
import Files
import Learning
import Metrics
import Plans
import Records
import Tensors

/// Writes the events of one run into its folder.
final class RunRecorder {
  private let folder: RunFolder
  private let lease: Lease
  private var manifest: Manifest
  private var history: History
  private var trace: Trace
  /// The position of training, for errors.
  private var position: (epoch: Int, step: Int)?

  /// A recorder that continues from the state of `run`.
  init(_ run: OpenRun) {
    folder = run.folder
    lease = run.lease
    manifest = run.manifest
    history = run.state?.history ?? History()
    trace = run.state?.trace ?? Trace()
    position = run.state.map { ($0.position.epoch + 1, $0.position.step) }
  }

  /// Writes the files that are known before training.
  static func begin(
    _ folder: RunFolder, _ manifest: Manifest, of plan: ExperimentPlan, _ data: PreparedData,
    gitDiff: [UInt8]
  ) throws {
    try folder.write(plan.source.text, to: .spec)
    try folder.write(plan.resolvedText(seed: manifest.seed), to: .resolved)
    try folder.write(plan.values(seed: manifest.seed))
    try folder.write(plan.origins(seed: manifest.seed))
    if !gitDiff.isEmpty { try folder.write(gitDiff, to: .gitDiff) }
    try folder.write(data.trainingFingerprints)
    try folder.write(manifest)
    try folder.log("\(manifest.repetition) starts: \(manifest.command.joined(separator: " "))")
  }

  /// Sets the folder back to the saved state from which the run resumes. Does nothing for a new run.
  func resume() throws {
    guard let resumption = manifest.resumptions.last else { return }
    try lease.requireHeld()
    try folder.removeTemporaryFiles()
    try folder.write(manifest)
    try folder.write(history)
    if folder.contains(.trace) { try folder.write(trace) }
    try folder.removeCheckpoints(after: resumption.epoch)
    try folder.log("goes on \(resumption.place): \(resumption.command.joined(separator: " "))")
  }

  /// Records `event`.
  func record(_ event: RunEvent) throws {
    switch event {
    case .stepEnded, .epochTrained, .trainingEnded: break
    default: try lease.requireHeld()
    }
    switch event {
    case .trainingStarted(let kernelChoices):
      manifest.kernelChoices = kernelChoices
      try folder.write(manifest)
    case .stepEnded(let progress):
      position = (progress.epoch, progress.step)
      trace.append(loss: Float(progress.stepLoss), epoch: progress.epoch, step: progress.step)
    case .epochEnded(let record):
      try requireFiles()
      history.append(record)
      try folder.write(history)
      try folder.log(record.line)
    case .parametersSaved(let parameters, let epoch, let count):
      let bytes = try encoded(parameters, epoch: epoch)
      try folder.write(bytes, to: .weights)
      try folder.writeCheckpoint(bytes, epoch: epoch, keepingLast: count)
      try folder.log("weights of epoch \(epoch) saved")
    case .lastParametersSaved(let parameters, let epoch):
      try folder.write(encoded(parameters, epoch: epoch), to: .lastWeights)
    case .stateReached(let state, let isScheduled): try save(state, isScheduled: isScheduled)
    case .note(let text): try folder.log(text)
    case .trainingEnded: position = nil
    case .epochTrained: break
    }
  }

  private func save(_ state: TrainingState, isScheduled: Bool) throws {
    // Repetitions are compared by the trace, so it has only what every repetition reaches: scheduled states.
    if isScheduled {
      for entry in state.program.parameters.entries {
        let checksum = SHA256.hexDigest(of: entry.tensor.values.withUnsafeBytes(Array.init))
        trace.append(
          entry.name, checksum: checksum, epoch: state.progress.epoch, step: position?.step ?? 0)
      }
    }
    let saved = SavedState(training: state, history: history, trace: trace)
    try folder.writeState(saved.encoded(), at: saved.position)
  }

  /// Throws unless the files are still there that are written once, before training: without them nobody could read the
  /// run.
  private func requireFiles() throws(LostFilesError) {
    let lost = [RunFile.spec, .resolved, .values, .origins, .manifest].filter {
      !folder.contains($0)
    }
    guard lost.isEmpty else { throw LostFilesError(files: lost) }
  }

  /// Scores the trained network and writes the results.
  func complete(_ network: TrainedNetwork, _ data: PreparedData, of spec: ExperimentSpec) throws
    -> Results
  {
    let parts = try PartEvaluations(network.program, data, spec.loss.value.output)
    let weights = try encoded(network.program.parameters(), epoch: network.weightsEpoch)
    let results = Results(
      validation: parts.validation?.scores, test: parts.test?.scores,
      weightsEpoch: network.weightsEpoch, weightsSHA256: SHA256.hexDigest(of: weights),
      epochs: network.epochs, trainSeconds: network.seconds,
      imagesPerSecond: network.imagesPerSecond, stopReason: network.stopReason,
      targets: spec.targets.results(validation: parts.validation?.scores, test: parts.test?.scores),
      temperature: parts.temperature, threshold: parts.threshold)
    try lease.requireHeld()
    try folder.write(weights, to: .weights)
    let predictions = PredictionTable(parts.final, of: data.final, data.description.classNames)
    try folder.write(predictions)
    for mistake in predictions.mistakes() {
      try folder.writeMistake(
        data.final.picture(of: mistake.index).encodedPNG(), of: results.finalPart,
        index: mistake.index)
    }
    try folder.write(trace)
    try requireFiles()
    try lease.requireHeld()
    try folder.write(results)
    try folder.write(results.report(classNames: data.description.classNames), to: .report)
    try folder.log("completed" + (network.stopReason.map { "; it stopped early: \($0)" } ?? ""))
    manifest.end(.completed, .done)
    try folder.write(manifest)
    return results
  }

  /// Records that `error` ended the run.
  func fail(
    _ error: any Error, seed: Int
  ) -> (status: RunStatus, exit: ExitStatus, error: RunError) {
    let (status, exit): (RunStatus, ExitStatus)
    var place = position
    switch error {
    case let diverged as TrainingDiverged:
      (status, exit, place) = (.diverged, .runFailed, (diverged.epoch, diverged.step))
    case let interrupted as TrainingInterrupted:
      (status, exit, place) = (.interrupted, .interrupted, (interrupted.epoch, interrupted.step))
    // Nothing is wrong with the run: it can be resumed once there is space.
    case is StorageError: (status, exit) = (.interrupted, .inputOutput)
    // Nothing is wrong with the run: another process goes on with it.
    case is LeaseLostError: (status, exit) = (.interrupted, .interrupted)
    case is LostFilesError: (status, exit) = (.failed, .inputOutput)
    default: (status, exit) = (.failed, .runFailed)
    }
    manifest.end(
      status, exit,
      failure: Manifest.Failure(message: "\(error)", epoch: place?.epoch, step: place?.step))
    var recordingError: (any Error)?
    do {
      try lease.requireHeld()
      // A run that can be resumed has its trace in the saved state.
      if !status.isResumable { try folder.write(trace) }
      try folder.write(manifest)
      try folder.log("\(status.rawValue): \(error)")
    } catch {
      // The same disk may fail again, or the lease be lost. The run is then found as crashed.
      recordingError = error
    }
    return (
      status, exit,
      RunError(
        folder: folder, seed: seed, epoch: place?.epoch, step: place?.step, cause: error,
        recordingError: recordingError)
    )
  }

  /// What a file of weights says of itself.
  static func metadata(epoch: Int, _ specHash: String) -> [String: String] {
    ["epoch": "\(epoch)", "spec_hash": specHash]
  }

  private func encoded(_ parameters: NamedTensors, epoch: Int) throws -> [UInt8] {
    try Safetensors.encode(
      parameters, metadata: Self.metadata(epoch: epoch, manifest.specHash))
  }
}

extension EpochRecord {
  /// One line for the log; every digit is in history.csv.
  fileprivate var line: String {
    let scores = EpochRecord.columns.filter { !["epoch", "seconds", "learning_rate"].contains($0) }
      .compactMap { name in self[name].map { "\(name) \($0.fixed(4))" } }
    return "epoch \(epoch): " + scores.joined(separator: ", ") + " (\(seconds.fixed(1)) s)"
  }
}

extension Targets {
  /// The results of the targets.
  func results(validation: Scores?, test: Scores?) -> [TargetResult] {
    all.compactMap { target in
      let scores = target.name.part == .validation ? validation : test
      return scores.map {
        TargetResult(
          name: target.name, wanted: target.value, got: target.name.metric.value(in: $0))
      }
    }
  }
}

extension PredictionTable {
  /// The table of the predictions of `evaluation`, which is of all samples of `source`.
  init(_ evaluation: Evaluation, of source: ImageSamples, _ classNames: [String]) {
    self.init(
      labels: evaluation.labels, predicted: evaluation.predicted,
      probabilities: evaluation.predictions.probabilities, classNames: classNames,
      indices: source.indices, files: source.names)
  }
}
