import Records

extension PredictionTable {
  /// The first image whose prediction differs in `repetition`, in words; nil if there is none.
  func difference(in repetition: PredictionTable) -> String? {
    guard labels == repetition.labels, classCount == repetition.classCount else {
      return "it is of other test images"
    }
    let differing = labels.indices.filter { self.values(of: $0) != repetition.values(of: $0) }
    guard let image = differing.first,
      let place = values(of: image).firstDifference(from: repetition.values(of: image))
    else { return nil }
    let name = place == 0 ? "the predicted class" : "p_\(place - 1)"
    let (old, new) = (values(of: image)[place], repetition.values(of: image)[place])
    return "image \(image): \(name) is \(new), recorded as \(old); "
      + "\(differing.count) of \(labels.count) images differ"
  }

  /// The class predicted for `image`, and its probabilities.
  private func values(of image: Int) -> [Float] {
    [Float(predicted[image])] + probabilities[image * classCount..<(image + 1) * classCount]
  }
}
