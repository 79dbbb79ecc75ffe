/// What predictions.csv says: for each image its class, the class predicted, and all probabilities.
public struct PredictionTable: Hashable, Sendable {
  /// Number of classes.
  public let classCount: Int
  /// The class of each image.
  public let labels: [Int]
  /// Image after image, `classCount` of each.
  public let probabilities: [Float]
  /// The most probable class of each image, the first of equals.
  public let predicted: [Int]

  /// The predictions for images of classes `labels`.
  public init(labels: [Int], probabilities: [Float], classCount: Int) {
    precondition(probabilities.count == labels.count * classCount, "a probability for each class")
    self.classCount = classCount
    self.labels = labels
    self.probabilities = probabilities
    predicted = labels.indices.map { image in
      let first = image * classCount
      return (1..<classCount).reduce(0) {
        probabilities[first + $1] > probabilities[first + $0] ? $1 : $0
      }
    }
  }

  /// The predictions that `csv` holds.
  public init(csv: String) throws(CSVError) {
    let header = csv.prefix { $0 != "\n" }.split(separator: ",")
    let classCount = header.count - 3
    guard classCount > 0 else {
      throw CSVError(reason: "its first line is not the one expected")
    }
    var (labels, probabilities): ([Int], [Float]) = ([], [])
    let rows = try CSV.numbers(in: csv, columns: Self.columns(classCount), as: Float.self)
    for (index, row) in rows.enumerated() {
      let values = row.compactMap(\.self)
      guard values.count == row.count, let label = Int(exactly: values[1]),
        (0..<classCount).contains(label)
      else { throw CSVError(reason: "line \(index + 2) is not a prediction") }
      labels.append(label)
      probabilities += values.dropFirst(3)
    }
    self.init(labels: labels, probabilities: probabilities, classCount: classCount)
  }

  /// These predictions as text; probabilities read back exactly.
  public var csv: String {
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
