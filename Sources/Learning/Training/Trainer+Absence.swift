import Metrics
import Tensors

extension Trainer {
  /// The reason why the score `column` is undefined on the images of `validation`.
  func absence(of column: String, on validation: (any SampleSource)?) -> String {
    let metric = ScoreName(rawValue: column)?.metric
    guard let validation else { return "there are no validation images" }
    let present = Set((0..<validation.count).map(validation.label))
    let lacking = (0..<validation.classCount).filter { !present.contains($0) }
    guard !lacking.isEmpty else { return metric?.undefined ?? "it has no value" }
    let names = lacking.prefix(5).map { validation.classNames[$0] }
    let rest = lacking.count - names.count
    return "no validation image is of " + names.joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more" : "")
  }
}
