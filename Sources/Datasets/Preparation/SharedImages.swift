import TextLayout

/// The images of one part of the data that are also in another, pixel for pixel. Scores on them say nothing about new
/// images.
struct SharedImages {
  /// The number of images of the part that stand in the other.
  let count: Int
  /// The number of those that have another class there.
  let contradictoryCount: Int
  /// The places of one of them in both parts, the first in the part.
  let example: (here: Int, there: Int)?

  /// The images of `part` that are in `other` as well.
  init(of part: FingerprintedImages, in other: FingerprintedImages) {
    let places = Dictionary(zip(other.fingerprints, 0...)) { first, _ in first }
    let twins = part.fingerprints.enumerated().compactMap { here, fingerprint in
      places[fingerprint].map { (here: here, there: $0) }
    }
    count = twins.count
    contradictoryCount = twins.count {
      part.samples.label(of: $0.here) != other.samples.label(of: $0.there)
    }
    example = twins.first
  }
}

extension PreparedData {
  /// Warnings of images that stand in several `folds`, or in two of `parts`, a sentence for each pair of these that share
  /// some.
  static func sharedImageNotes(
    of parts: [(name: String, images: FingerprintedImages)], _ folds: FoldedImages?
  ) -> [String] {
    [folds?.note].compactMap(\.self)
      + parts.indices.reversed().flatMap { index in
        parts[..<index].reversed().compactMap { other -> String? in
          let part = parts[index]
          if folds?.tells(of: part.name, and: other.name) == true { return nil }
          let shared = SharedImages(of: part.images, in: other.images)
          guard let example = shared.example else { return nil }
          let contradiction =
            shared.contradictoryCount == 0
            ? "" : ", \(shared.contradictoryCount.grouped) of them with another class"
          return
            "\(shared.count.grouped) of \(part.images.count.grouped) \(part.name) images are also among the "
            + "\(other.name) images, pixel for pixel\(contradiction): such as "
            + "\(part.images.samples.place(of: example.here)) and \(other.images.samples.place(of: example.there))"
        }
      }
  }

  /// Warnings of classes that a part has no images of, a sentence for each part.
  var emptyClassNotes: [String] {
    parts.compactMap { name, samples in
      let empty = zip(samples.classNames, samples.classCounts).filter { $0.1 == 0 }.map(\.0)
      return empty.isEmpty ? nil : "no \(name) image is of \(listed(empty, most: 5))"
    }
  }
}

extension ImageSamples {
  /// The file of `sample`, or the number of its image.
  func place(of sample: Int) -> String {
    name(of: sample).map { "'\($0.singleLine)'" } ?? "image \(indices[sample])"
  }
}
