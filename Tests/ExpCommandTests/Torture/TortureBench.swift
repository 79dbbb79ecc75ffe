import Foundation
import Testing

/// Runs one experiment again and again, lets something go wrong in it, mends that as a user would, and looks whether
/// all is as if nothing had been.
///
/// `TORTURE=1` in the environment asks for everything; else there is a selection that does not take long.
final class TortureBench {
  /// Whether everything is to be tried.
  static let isLong = ProcessInfo.processInfo.environment["TORTURE"] != nil

  let place: Workplace
  /// The calls of an undisturbed run that change files.
  let points: [FaultPoint]
  /// What an undisturbed run leaves.
  let expected: RunContents
  /// How long an undisturbed run took, in seconds.
  let duration: Double

  /// Everything in it that keeps something from epoch to epoch is something that resuming might lose.
  static let spec = """
    name: torture
    data: {dataset: {type: idx, path: data}, validation: 24}
    augmentation: [{type: random_translation, pixels: 1}]
    model:
      layers:
        - {type: conv2d, filters: 4, kernel_size: 3, activation: relu}
        - batch_normalization
        - max_pooling2d
        - flatten
        - {type: dropout, rate: 0.2}
        - {type: dense, units: 3, activation: softmax}
    optimizer: {type: adam, learning_rate: 0.02}
    training: {epochs: 9, batch_size: 16}
    callbacks:
      - {type: exponential_moving_average, momentum: 0.8}
      - {type: model_checkpoint, save_best_only: false, max_to_keep: 2}
      - {type: reduce_lr_on_plateau, monitor: val_loss, patience: 1, min_delta: 0.15, factor: 0.5}
      - {type: early_stopping, monitor: val_accuracy, patience: 2, restore_best_weights: true}

    """

  /// - Parameter extra: lines added to the spec.
  init(_ extra: String = "") throws {
    place = try Workplace()
    try Stripes.write(to: place)
    try place.write(Self.spec + extra, to: "torture.yaml")
    let bench = Attempt(in: place)
    let start = ContinuousClock.now
    let ending = try bench.run()
    duration = (ContinuousClock.now - start) / .seconds(1)
    try #require(ending.code == 0, "\(ending.error)")
    points = try bench.points()
    expected = try #require(try bench.contents())
    bench.remove()
  }

  /// A run that was killed in the middle of training, when it had saved two states.
  func stoppedRun() throws -> Attempt {
    let stopped = Attempt(in: place)
    let crash = try #require(points.filter { $0.name == "open history.csv" }.dropFirst(4).first)
    try stopped.run(Fault.kill.environment(at: crash.number))
    try #require(try stopped.states().count == 2)
    return stopped
  }

  /// Does `body` with a folder of runs of its own.
  func attempt(_ body: (Attempt) throws -> Void) throws {
    let attempt = Attempt(in: place)
    defer { attempt.remove() }
    try body(attempt)
  }

  /// The points to try: all, or of each kind one.
  var selection: [FaultPoint] { Self.isLong ? points : points.oneOfEachName }

  /// Of `faults` those to try at the point that is `turn`-th in the selection: all, or one of them by turns.
  func turn(_ turn: Int, of faults: [Fault], at point: FaultPoint) -> [Fault] {
    let fitting = faults.filter { $0.fits(point) }
    return Self.isLong || fitting.isEmpty ? fitting : [fitting[turn % fitting.count]]
  }
}
