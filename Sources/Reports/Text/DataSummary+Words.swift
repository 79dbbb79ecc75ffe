import Records
import TextLayout

extension Manifest.Contents {
  /// The checksums with names: `test_pixels`.
  var checksums: [(name: String, sha256: String)] {
    [("\(part.rawValue)_pixels", pixels), ("\(part.rawValue)_labels", labels)]
  }
}

extension Manifest.DataSummary {
  /// `mnist, 28×28×1, 10 classes: 54,000 training, …`
  var inWords: String {
    let shape = imageShape.map(String.init).joined(separator: "×")
    return "\(dataset), \(shape), \(classNames.count) classes: \(trainingCount.grouped) training, "
      + "\(validationCount.grouped) validation, \(testCount.grouped) test images"
      + (hasSharedTestImages
        ? " (\((sharedTestCount ?? 0).grouped) of these for training, too)" : "")
  }

  /// True if some test images were also among those that the network was trained on.
  var hasSharedTestImages: Bool { (sharedTestCount ?? 0) > 0 }
}
