import Records

/// The failure of a run, with its position in training and its cause.
package struct RunError: Error, CustomStringConvertible {
  package let folder: RunFolder
  package let seed: Int
  /// The epoch and step that training had reached; nil before and after it.
  package let epoch: Int?
  package let step: Int?
  package let cause: any Error
  /// The error that kept the failure from being recorded; nil if it is recorded.
  package let recordingError: (any Error)?

  package init(
    folder: RunFolder, seed: Int, epoch: Int?, step: Int?, cause: any Error,
    recordingError: (any Error)?
  ) {
    self.folder = folder.notKeptOpen()
    self.seed = seed
    self.epoch = epoch
    self.step = step
    self.cause = cause
    self.recordingError = recordingError
  }

  package var description: String {
    let place = epoch.map { ", epoch \($0)" } ?? ""
    let batch = step.map { ", step \($0)" } ?? ""
    let unrecorded = recordingError.map { "\nnot recorded: \($0)" } ?? ""
    return "\(folder.path): seed \(seed)\(place)\(batch): \(cause)\(unrecorded)"
  }
}
