/// What goes wrong at a point.
enum Fault: String, CaseIterable {
  /// SIGKILL, within the call if it writes.
  case kill
  /// SIGKILL as soon as a name has changed.
  case killAfter = "kill-after"
  /// The disk is full, for a moment.
  case noSpace = "ENOSPC"
  /// The disk is full, and stays so.
  case diskFull = "ENOSPC for good"
  /// The disk does not do what it should.
  case inputOutput = "EIO"
  /// Half of the bytes are written, as a write may do.
  case short
  /// A signal came in between, as it may in a write.
  case interruption = "EINTR"

  /// What the system says about it; nil where a program goes on as if nothing had been.
  var message: String? {
    switch self {
    case .noSpace, .diskFull: "No space left on device"
    case .inputOutput: "Input/output error"
    case .kill, .killAfter, .short, .interruption: nil
    }
  }

  /// Whether it can come at `point`.
  func fits(_ point: FaultPoint) -> Bool {
    switch self {
    case .short, .interruption: point.call == "write"
    // After any other call it is what a kill before the next point is.
    case .killAfter: ["mkdir", "rename", "rmdir", "unlink"].contains(point.call)
    default: true
    }
  }

  /// Asks FaultInjection for it at the point of this number.
  func environment(at number: Int) -> [String: String] {
    let words = rawValue.split(separator: " ")
    return ["FAULT_KIND": String(words[0]), "FAULT_AT": "\(number)"]
      .merging(words.count > 1 ? ["FAULT_STAYS": "1"] : [:]) { $1 }
  }
}
