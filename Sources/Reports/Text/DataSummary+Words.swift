import Records
import TextLayout

extension Manifest.DataSummary {
  /// `mnist, 28×28×1, 10 classes: 54,000 training, …`
  var inWords: String {
    let shape = imageShape.map(String.init).joined(separator: "×")
    return "\(dataset), \(shape), \(classNames.count) classes: \(trainingCount.grouped) training, "
      + "\(validationCount.grouped) validation, \(testCount.grouped) test images"
  }
}
