import Synchronization

/// The time of training steps by kind of work. Programs of a backend that has a profile add to it, each from its second
/// step on: in the first one the library makes the code of some kernels.
///
/// Measuring changes no result, and takes some tens of nanoseconds for each piece.
package final class Profile: Sendable {
  /// A piece of a step.
  package struct Piece: Hashable, Sendable {
    /// The kind of work.
    package enum Work: String, Sendable {
      case forward
      case activation
      case weightsGradient = "gradient of weights"
      case biasGradient = "gradient of bias"
      case inputGradient = "gradient of input"
      case activationGradient = "gradient of activation"
      case bothGradients = "both gradients"
      case gradientSum = "sum of gradients"
      case update
      case reorder
      case input = "reading input"
      case loss
      /// For other threads, and to be woken for a step.
      case waiting
      /// Work that is in no other piece.
      case other = "exp's own code"

      /// True if training the network asks for it; the rest is what the way of doing it costs.
      package var isOfNetwork: Bool { self != .waiting && self != .other }
    }

    /// The layer that it is for; nil if it is for none.
    package let layer: String?
    /// The kind of work.
    package let work: Work
    /// The name of what does it: the library's, or for convolutions also the house's; nil for other code of the house.
    package let kernel: String?

    init(layer: String?, work: Work, kernel: String? = nil) {
      self.layer = layer
      self.work = work
      self.kernel = kernel
    }
  }

  /// The time that all threads together spent on a piece.
  package struct Spending: Equatable, Sendable {
    package internal(set) var time = Duration.zero
    /// Floating-point operations, a multiplication and an addition being two; 0 if they are not counted.
    package internal(set) var operations = 0.0

    /// Nothing.
    package init() {}

    package static func += (sum: inout Spending, other: Spending) {
      sum.time += other.time
      sum.operations += other.operations
    }
  }

  /// The time that some steps took.
  package struct Steps: Sendable {
    package internal(set) var count = 0
    /// From the beginning of each step to its end.
    package internal(set) var time = Duration.zero
    /// The number of threads that shared the work.
    package internal(set) var threads = 1
    /// The pieces that the threads spent that time on. They add up to `threads` times `time`.
    package internal(set) var pieces: [Piece: Spending] = [:]
  }

  private let steps = Mutex(Steps())

  package init() {}

  /// The steps since the last call.
  package func take() -> Steps {
    steps.withLock { steps in
      defer { steps = Steps() }
      return steps
    }
  }

  /// Adds a step of all `stopwatches`, which took `time`.
  func add(_ stopwatches: [Stopwatch], _ time: Duration) {
    steps.withLock { steps in
      steps.count += 1
      steps.time += time
      steps.threads = stopwatches.count
      for stopwatch in stopwatches {
        for (piece, spending) in zip(stopwatch.parts.pieces, stopwatch.spendings) {
          steps.pieces[piece, default: Spending()] += spending
        }
      }
    }
  }
}
