import Metrics

extension DecisionThreshold {
  /// The threshold for the mean of several networks' probabilities: the mean of theirs, one half of those that have none;
  /// nil if none has one. Each is told with whether its classes are in the order of the mean.
  init?(ofEnsemble members: [(threshold: DecisionThreshold?, isInOrder: Bool)]) {
    guard members.contains(where: { $0.threshold != nil }) else { return nil }
    self.init(
      meanOf: members.map { threshold, isInOrder in
        let own = threshold ?? DecisionThreshold(value: 0.5)
        return isInOrder ? own : own.forOtherClass
      })
  }
}
