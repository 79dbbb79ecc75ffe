/// One task of a job array, as squeue describes it.
package struct SlurmTask: Hashable, Sendable {
  /// Its number in the array.
  package let number: Int
  /// The state in Slurm's words: `RUNNING`.
  package let state: String
  /// The status of its script, once that has ended.
  package let exitStatus: Int?
  /// Slurm's reason for the state, in which it has spaces or lines between words; nil if there is none.
  package let reason: String?
  /// The host; nil if it has none yet.
  package let node: String?

  /// The fields that squeue is asked for, each with a sign that ends it.
  static let format = "ArrayTaskID:|,State:|,exit_code:|,Reason:|,NodeList:|"

  /// The task in `line`; nil if it is no such line.
  init?(line: String) {
    let fields = line.split(separator: "|", omittingEmptySubsequences: false).map {
      String($0.drop { $0 == " " }.prefix(100))
    }
    guard fields.count >= 5, let number = Int(fields[0]), number >= 0,
      let state = fields[1].split(separator: " ").first, state.wholeMatch(of: /[A-Z_]+/) != nil
    else { return nil }
    self.number = number
    self.state = String(state)
    exitStatus = Self.exitStatus(fields[2])
    reason = ["", "None", "(null)"].contains(fields[3]) ? nil : fields[3]
    node = ["", "(null)", "n/a"].contains(fields[4]) ? nil : fields[4]
  }

  /// The status in `75:0`, or in 19200, which is the same as wait(2) has it; nil of what a signal ended.
  private static func exitStatus(_ text: String) -> Int? {
    let parts = text.split(separator: ":").map { Int($0) }
    guard parts.count <= 2, let first = parts.first, let number = first else { return nil }
    if parts.count == 2 { return parts[1] == 0 ? number : nil }
    return number & 0x7f == 0 ? number >> 8 : nil
  }

  /// True unless Slurm has done with it. A state that is not known may change.
  package var isActive: Bool { !Self.final.contains(state) }

  private static let final: Set = [
    "COMPLETED", "CANCELLED", "FAILED", "TIMEOUT", "NODE_FAIL", "PREEMPTED", "BOOT_FAIL",
    "DEADLINE", "OUT_OF_MEMORY", "REVOKED",
  ]

  /// True if it waits for what does not come by itself.
  package var isStuck: Bool {
    guard state == "PENDING" || state == "SPECIAL_EXIT", let reason else { return false }
    return Self.stuck.contains(reason.lowercased().filter { $0.isLetter })
  }

  private static let stuck: Set = [
    "launchfailedrequeuedheld", "jobheldadmin", "jobhelduser", "badconstraints", "partitionconfig",
    "partitiondown", "partitioninactive", "partitionnodelimit", "partitiontimelimit",
    "dependencyneversatisfied", "invalidaccount", "invalidqos", "accountnotallowed",
    "qosnotallowed", "associationjoblimit", "requeuedinheldstate",
  ]
}
