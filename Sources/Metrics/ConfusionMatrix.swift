/// The number of samples of each actual class (rows) that were taken for each class (columns).
package struct ConfusionMatrix: Hashable, Sendable {
  /// Number of classes; they are numbered from 0.
  package let classCount: Int
  /// Row after row.
  private var counts: [Int]

  /// A matrix without samples.
  package init(classCount: Int) {
    precondition(classCount > 0, "a confusion matrix needs classes")
    self.classCount = classCount
    counts = Array(repeating: 0, count: classCount * classCount)
  }

  /// The matrix of samples whose actual and predicted classes stand at equal places.
  package init(labels: [Int], predictions: [Int], classCount: Int) {
    precondition(labels.count == predictions.count, "one prediction for each label")
    self.init(classCount: classCount)
    for (label, prediction) in zip(labels, predictions) {
      add(label: label, prediction: prediction)
    }
  }

  /// The sum of `matrices`; nil if there are none, or not all are of as many classes.
  package init?(sumOf matrices: [ConfusionMatrix]) {
    guard var sum = matrices.first,
      matrices.allSatisfy({ $0.classCount == matrices[0].classCount })
    else { return nil }
    for matrix in matrices.dropFirst() {
      for place in sum.counts.indices { sum.counts[place] += matrix.counts[place] }
    }
    self = sum
  }

  /// The matrix with these `counts`, row after row.
  package init(classCount: Int, counts: [Int]) {
    precondition(classCount > 0 && counts.count == classCount * classCount, "it has to be square")
    self.classCount = classCount
    self.counts = counts
  }

  /// Counts one more sample.
  package mutating func add(label: Int, prediction: Int) {
    self[actual: label, predicted: prediction] += 1
  }

  /// Samples of class `actual` that were taken for `predicted`.
  package private(set) subscript(actual actual: Int, predicted predicted: Int) -> Int {
    get { counts[index(actual, predicted)] }
    set { counts[index(actual, predicted)] = newValue }
  }

  /// Samples in all.
  package var sampleCount: Int { counts.reduce(0, +) }

  /// Samples that were taken for what they are.
  package var correctCount: Int {
    (0..<classCount).reduce(0) { $0 + self[actual: $1, predicted: $1] }
  }

  /// Samples of class `label`: the sum of its row.
  package func support(of label: Int) -> Int {
    (0..<classCount).reduce(0) { $0 + self[actual: label, predicted: $1] }
  }

  /// Samples that were taken for class `label`: the sum of its column.
  package func predictionCount(of label: Int) -> Int {
    (0..<classCount).reduce(0) { $0 + self[actual: $1, predicted: label] }
  }

  /// Of each class, the samples that are of it (the sums of the rows), and those that were taken for it (of the
  /// columns).
  package var totals: (supports: [Int], predictions: [Int]) {
    var supports = Array(repeating: 0, count: classCount)
    var predictions = supports
    for (place, count) in counts.enumerated() {
      let (actual, predicted) = place.quotientAndRemainder(dividingBy: classCount)
      supports[actual] += count
      predictions[predicted] += count
    }
    return (supports, predictions)
  }

  /// Classes that some sample is of, or was taken for.
  package var occurringClasses: [Int] {
    let (supports, predictions) = totals
    return supports.indices.filter { supports[$0] + predictions[$0] > 0 }
  }

  private func index(_ actual: Int, _ predicted: Int) -> Int {
    let classes = 0..<classCount
    precondition(classes.contains(actual) && classes.contains(predicted), "class out of range")
    return actual * classCount + predicted
  }
}

extension ConfusionMatrix: Encodable {
  /// Writes a list of rows.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(
      (0..<classCount).map { Array(counts[$0 * classCount..<($0 + 1) * classCount]) })
  }
}
