import TextLayout

/// The images that folds divide, to find those that stand in several of them, pixel for pixel. Whichever of these folds
/// is held out, scores on such images say nothing about new ones.
struct FoldedImages {
  /// The images, fold after fold.
  private let images: FingerprintedImages
  /// The fold of each.
  private let folds: [Int]
  /// The names of the parts that are taken from them, the fold that is held out included.
  private let parts: Set<String>
  /// The name of the part that a fold is held out for.
  private let heldOut: String

  /// The images of the folds of `split` among the `training` images of a dataset, which `hasValidation` images of its own
  /// or not; nil if there are no folds.
  init?(
    _ split: Split, hasValidation: Bool, training: (_ indices: [Int]) -> ImageSamples
  ) {
    guard let part = split.foldedPart else { return nil }
    images = FingerprintedImages(training(split.folds.flatMap(\.self)))
    folds = split.folds.enumerated().flatMap {
      Array(repeating: $0.offset, count: $0.element.count)
    }
    heldOut = part.rawValue
    let takesValidation = part == .test && !hasValidation
    parts = Set(["training", heldOut] + (takesValidation ? ["validation"] : []))
  }

  /// True if what two parts of these names share is told by what the folds do.
  func tells(of first: String, and second: String) -> Bool {
    [first, second].contains(heldOut) && parts.isSuperset(of: [first, second])
  }

  /// A sentence on the images that stand in several folds; nil if there are none.
  var note: String? {
    let places = Dictionary(grouping: images.fingerprints.indices) { images.fingerprints[$0] }
    var (count, contradictoryCount) = (0, 0)
    var example: (here: Int, there: Int)?
    for places in places.values {
      guard let twin = places.first(where: { folds[$0] != folds[places[0]] }) else { continue }
      count += places.count
      // There may be many equal images, but few kinds of them.
      let kinds = Set(places.map(kind))
      contradictoryCount += places.count { place in
        let own = kind(of: place)
        return kinds.contains { $0.fold != own.fold && $0.label != own.label }
      }
      if example.map({ places[0] < $0.here }) ?? true { example = (places[0], twin) }
    }
    guard let (here, there) = example else { return nil }
    let contradiction =
      contradictoryCount == 0 ? "" : ", \(contradictoryCount.grouped) of them with another class"
    return
      "\(count.grouped) of \(images.count.grouped) images stand in several folds, pixel for pixel\(contradiction): "
      + "such as \(place(of: here)) and \(place(of: there))"
  }

  private struct Kind: Hashable { let fold, label: Int }

  private func kind(of sample: Int) -> Kind {
    Kind(fold: folds[sample], label: images.samples.label(of: sample))
  }

  private func place(of sample: Int) -> String {
    "\(images.samples.place(of: sample)) in fold \(folds[sample])"
  }
}
