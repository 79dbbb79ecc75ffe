import Documents
import Metrics

/// The contents of predictions.csv: for each image its class, the class predicted, and all probabilities.
package struct PredictionTable: Hashable, Sendable {
  /// The name of each class, in class order.
  package let classNames: [String]
  /// The class of each image.
  package let labels: [Int]
  /// Image after image, one for each class.
  package let probabilities: [Float]
  /// The class that each image was taken for.
  package let predicted: [Int]
  /// The place of each image in the part of the dataset that it comes from, counted from 0: among the test images, or, of
  /// images that are held out, among the training images.
  package let indices: [Int]
  /// The file of each image, such that no spreadsheet takes it for a formula; nil where images have none.
  package let files: [String]?

  /// Number of classes.
  package var classCount: Int { classNames.count }

  /// The predictions for images of classes `labels`; without `indices` they are all of their part, in its order.
  package init(
    labels: [Int], predicted: [Int], probabilities: [Float], classNames: [String],
    indices: [Int]? = nil, files: [String]? = nil
  ) {
    precondition(predicted.count == labels.count, "a predicted class for each image")
    precondition(indices.map { $0.count == labels.count } ?? true, "a place for each image")
    precondition(probabilities.count == labels.count * classNames.count, "one for each class")
    precondition(files.map { $0.count == labels.count } ?? true, "a file for each image")
    self.classNames = classNames
    self.labels = labels
    self.predicted = predicted
    self.probabilities = probabilities
    self.indices = indices ?? Array(labels.indices)
    self.files = files?.map(CSV.withoutFormula)
  }

  /// The predictions that `csv` holds.
  package init(csv: String) throws(CSVError) {
    let rows = try CSV.rows(in: csv)
    let header = rows[0].map(String.init)
    let hasFiles = header.contains(Self.file)
    let classNames = header.filter { $0.hasPrefix(Self.probability) }
      .map { String($0.dropFirst(Self.probability.count)) }
    let columns = Self.columns(classNames, hasFiles: hasFiles)
    guard !classNames.isEmpty, header == columns else {
      throw CSVError(reason: "its columns are not index, label, predicted and probabilities")
    }
    let classes = Dictionary(zip(classNames.map(CSV.withoutFormula), 0...)) { first, _ in first }
    guard classes.count == classNames.count else {
      throw CSVError(reason: "two of its classes have the same name")
    }
    var (labels, predicted, probabilities): ([Int], [Int], [Float]) = ([], [], [])
    var (indices, files): ([Int], [String]) = ([], [])
    for (line, row) in rows.dropFirst().enumerated() {
      let numbers = row.suffix(classNames.count).compactMap { Float($0) }
      // Images stand in the order of their part, each once.
      guard let index = Int(row[0]), index > indices.last ?? -1,
        let label = classes[String(row[1])],
        let prediction = classes[String(row[2])], numbers.count == classNames.count,
        numbers.allSatisfy({ (0...1).contains($0) })
      else { throw CSVError(reason: "line \(line + 2) is not a prediction") }
      indices.append(index)
      labels.append(label)
      predicted.append(prediction)
      probabilities += numbers
      if hasFiles { files.append(String(row[3])) }
    }
    self.init(
      labels: labels, predicted: predicted, probabilities: probabilities, classNames: classNames,
      indices: indices, files: hasFiles ? files : nil)
  }

  /// The counts of these predictions.
  package var confusionMatrix: ConfusionMatrix {
    ConfusionMatrix(labels: labels, predictions: predicted, classCount: classCount)
  }

  /// These predictions as text; probabilities read back exactly.
  package var csv: String {
    let names = classNames.map(CSV.withoutFormula)
    var text = CSV.line(Self.columns(classNames, hasFiles: files != nil))
    for (image, label) in labels.enumerated() {
      let file = files.map { [$0[image]] } ?? []
      var line = CSV.line(["\(indices[image])", names[label], names[predicted[image]]] + file)
      line.removeLast()
      text += line
      for probability in probabilities[image * classCount..<(image + 1) * classCount] {
        text += ",\(probability)"
      }
      text += "\n"
    }
    return text
  }

  private static let file = "file"
  private static let probability = "p_"

  private static func columns(_ classNames: [String], hasFiles: Bool) -> [String] {
    ["index", "label", "predicted"] + (hasFiles ? [file] : [])
      + classNames.map { probability + $0 }
  }
}
