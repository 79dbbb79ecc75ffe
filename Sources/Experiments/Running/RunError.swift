import Runs

/// A run that failed: which one, where in training, and why.
public struct RunError: Error, CustomStringConvertible {
  public let folder: RunFolder
  public let seed: Int
  /// Where training was; nil before and after it.
  public let epoch: Int?
  public let step: Int?
  public let cause: any Error
  /// Why the folder does not say so.
  public let recordingError: (any Error)?

  public var description: String {
    let place = epoch.map { ", epoch \($0)" } ?? ""
    let batch = step.map { ", step \($0)" } ?? ""
    let unrecorded = recordingError.map { "\nnot recorded: \($0)" } ?? ""
    return "\(folder.path): seed \(seed)\(place)\(batch): \(cause)\(unrecorded)"
  }
}
