import Testing

/// What a stopped run leaves behind although it is complete in the end: it takes room, and harms nothing.
enum KnownIssue: String {
  case temporaryFile = "temporary files of a killed process stay in the run's folder"
  case unfinishedEnd = "who is killed after 'completed' is written leaves the state, and no report"

  /// The one that explains `difference`; nil if none does.
  ///
  /// - Parameter wasCompleted: whether run.json said so before anybody mended the run.
  init?(_ difference: String, wasCompleted: Bool) {
    if difference.hasSuffix(".tmp is one too many") || difference == "state/ is one too many" {
      self = .temporaryFile
    } else if wasCompleted,
      difference == "report.html is missing"
        || difference.hasPrefix("state/") && difference.hasSuffix(" is one too many")
    {
      self = .unfinishedEnd
    } else {
      return nil
    }
  }

  /// The `differences` that nothing explains; the others are recorded as known.
  static func unexplained(_ differences: [String], wasCompleted: Bool) -> [String] {
    differences.filter { difference in
      guard let known = KnownIssue(difference, wasCompleted: wasCompleted) else { return true }
      withKnownIssue("\(known.rawValue)") { Issue.record("\(difference)") }
      return false
    }
  }
}
