import Documents
import Metrics

/// The contents of predictions.csv: for each image its class, the class predicted, and all probabilities.
package struct PredictionTable: Hashable, Sendable {
  /// Number of classes.
  package let classCount: Int
  /// The class of each image.
  package let labels: [Int]
  /// Image after image, `classCount` of each.
  package let probabilities: [Float]
  /// The class that each image was taken for.
  package let predicted: [Int]

  /// The predictions for images of classes `labels`.
  package init(labels: [Int], predicted: [Int], probabilities: [Float], classCount: Int) {
    precondition(predicted.count == labels.count, "a predicted class for each image")
    precondition(probabilities.count == labels.count * classCount, "a probability for each class")
    self.classCount = classCount
    self.labels = labels
    self.predicted = predicted
    self.probabilities = probabilities
  }

  /// The predictions that `csv` holds.
  package init(csv: String) throws(CSVError) {
    let header = csv.prefix { $0 != "\n" }.split(separator: ",")
    let classCount = max(1, header.count { $0.hasPrefix("p_") })
    let columns = Self.columns(classCount)
    var (labels, predicted, probabilities): ([Int], [Int], [Float]) = ([], [], [])
    let rows = try CSV.numbers(in: csv, required: columns, as: Float.self)
    for (index, row) in rows.enumerated() {
      let numbers = row.compactMap(\.self)
      guard numbers.count == columns.count, numbers[0] == Float(index),
        let label = Int(exactly: numbers[1]),
        let prediction = Int(exactly: numbers[2]), (0..<classCount).contains(label),
        (0..<classCount).contains(prediction),
        numbers.dropFirst(3).allSatisfy({ (0...1).contains($0) })
      else { throw CSVError(reason: "line \(index + 2) is not a prediction") }
      labels.append(label)
      predicted.append(prediction)
      probabilities += numbers.dropFirst(3)
    }
    self.init(
      labels: labels, predicted: predicted, probabilities: probabilities, classCount: classCount)
  }

  /// The counts of these predictions.
  package var confusionMatrix: ConfusionMatrix {
    ConfusionMatrix(labels: labels, predictions: predicted, classCount: classCount)
  }

  /// These predictions as text; probabilities read back exactly.
  package var csv: String {
    var text = CSV.line(Self.columns(classCount))
    for (image, label) in labels.enumerated() {
      text += "\(image),\(label),\(predicted[image])"
      for probability in probabilities[image * classCount..<(image + 1) * classCount] {
        text += ",\(probability)"
      }
      text += "\n"
    }
    return text
  }

  private static func columns(_ classCount: Int) -> [String] {
    ["index", "label", "predicted"] + (0..<classCount).map { "p_\($0)" }
  }
}
