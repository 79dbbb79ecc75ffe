/// The mean of what several networks predict for the same images, computed in float64 and rounded once. Classes are
/// matched by their names.
struct MeanProbabilities {
  /// The classes, in the order of the mean.
  private let classNames: [String]
  private var sums: [Double] = []
  private var count = 0

  init(of classNames: [String]) { self.classNames = classNames }

  /// Adds what one network predicts: the probability of each of the classes `names`, image by image.
  mutating func add(_ probabilities: [Float], of names: [String]) {
    if count == 0 { sums = [Double](repeating: 0, count: probabilities.count) }
    let places = names.places(in: classNames)
    for start in stride(from: 0, to: sums.count, by: places.count) {
      for (number, place) in places.enumerated() {
        sums[start + place] += Double(probabilities[start + number])
      }
    }
    count += 1
  }

  /// The mean of all that was added.
  var value: [Float] { sums.map { Float($0 / Double(count)) } }
}

extension [String] {
  /// The place of each name among `others`, which has all of them.
  func places(in others: [String]) -> [Int] {
    let known = Dictionary(zip(others, 0...)) { first, _ in first }
    return map { name in
      guard let place = known[name] else {
        preconditionFailure("an ensemble has one set of classes")
      }
      return place
    }
  }
}
