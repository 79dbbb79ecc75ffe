/// The process that executes the run, or was the last to.
extension Manifest {
  package var lastProcess: Int32 { resumptions.last?.pid ?? machine.pid }

  /// The computer of that process.
  package var lastHost: String { resumptions.last?.host ?? machine.host }

  /// The scheduler's job that it belongs to; nil if there is none.
  package var lastJob: String? { resumptions.isEmpty ? machine.job : resumptions.last?.job }
}
