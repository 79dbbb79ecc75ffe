import Metrics
import Records

/// What the runs of an experiment take the same images for, with the images that some of them get wrong.
///
/// Each image is predicted by every run; where each fold has images of its own, by one run of each seed.
package struct ExperimentPredictions: Sendable {
  /// The folds of each seed, or else each run by itself: those whose predictions are for the same images.
  let networks: [[RunRecord]]
  /// The number of images.
  package let imageCount: Int
  /// The agreement of the runs; nil for a single one.
  package let agreement: Agreement?
  /// The images that a run gets wrong: those first that most get wrong, of these the most confident mistakes.
  package let mistakes: [CommonMistake]
  /// The mistakes by their pair of classes, the most frequent pair first.
  let pairs: [Pair]

  /// The number of runs that predict each image.
  package var runCount: Int { networks.count }

  /// The images that every run takes for another class.
  package var mistakesOfAll: ArraySlice<CommonMistake> {
    mistakes.prefix { $0.wrongCount == runCount }
  }

  /// Adds up the predictions of the runs of `row` that count; nil if there are none.
  ///
  /// What cannot be read, or is for other images than the rest, is left out and one of the `problems`. `visit` is called
  /// with all others.
  init?(
    _ row: ComparisonRow, _ problems: inout [RunProblem],
    visit: ([RunRecord], PredictionTable) -> Void = { _, _ in }
  ) {
    let whole = row.networks
    var (members, images) = ([[RunRecord]](), PredictionTable?.none)
    var (predicted, sums) = ([[Int]](), [Double]())
    // Where no seed has all folds, there is still a run to look at.
    for network in whole.isEmpty ? row.counted.prefix(1).map({ [$0] }) : whole {
      do throws(RunProblem) {
        let table = try network.pooledPredictions()
        let first = images ?? table
        guard table.hasSameImages(as: first) else {
          throw RunProblem(
            path: network[0].folder.path,
            reason: "its predictions are for other images than those of the other runs")
        }
        if images == nil { sums = [Double](repeating: 0, count: table.probabilities.count) }
        for (place, probability) in table.probabilities.enumerated() {
          sums[place] += Double(probability)
        }
        images = first
        members.append(network)
        predicted.append(table.predicted)
        visit(network, table)
      } catch {
        problems.append(error)
      }
    }
    guard let images else { return nil }
    networks = members
    imageCount = images.labels.count
    agreement = Agreement(predicted, classCount: images.classCount)
    mistakes = Self.mistakes(images, predicted, sums)
    pairs = Pair.all(of: mistakes)
  }

  /// The mistakes among what runs have `predicted` for `images`, with the sums of their probabilities.
  private static func mistakes(
    _ images: PredictionTable, _ predicted: [[Int]], _ sums: [Double]
  ) -> [CommonMistake] {
    let classCount = images.classCount
    var counts = [Int](repeating: 0, count: classCount)
    let mistakes = images.labels.indices.compactMap { place -> CommonMistake? in
      let label = images.labels[place]
      let wrong = predicted.lazy.map { $0[place] }.filter { $0 != label }
      guard let first = wrong.first else { return nil }
      func mean(_ label: Int) -> Double {
        sums[place * classCount + label] / Double(predicted.count)
      }
      for other in wrong { counts[other] += 1 }
      let (wrongCount, most) = wrong.reduce((0, first)) { found, other in
        let isMore = (counts[other], mean(other)) > (counts[found.1], mean(found.1))
        return (found.0 + 1, isMore ? other : found.1)
      }
      for other in wrong { counts[other] = 0 }
      return CommonMistake(
        place: place, index: images.indices[place], file: images.files?[place], label: label,
        predicted: most, wrongCount: wrongCount, probability: mean(most),
        labelProbability: mean(label))
    }
    return mistakes.sorted {
      ($1.wrongCount, $1.probability, $0.place) < ($0.wrongCount, $0.probability, $1.place)
    }
  }

  /// The picture that a run keeps of `mistake`, an image of `part`; nil if none does. Throws as `RunFolder.mistake`.
  func picture(of mistake: CommonMistake, _ part: ScoreName.Part) throws -> [UInt8]? {
    for network in networks {
      var place = mistake.place
      for run in network {
        let count = run.data.finalCount
        if place < count {
          if let picture = try run.folder.mistake(of: part, at: place) { return picture }
          break
        }
        place -= count
      }
    }
    return nil
  }
}

extension ExperimentPredictions {
  /// The images of one class that are taken for another one.
  struct Pair {
    let label: Int
    let predicted: Int
    /// The most confident first.
    let mistakes: [CommonMistake]

    /// The pairs of `mistakes`, the most frequent first.
    fileprivate static func all(of mistakes: [CommonMistake]) -> [Pair] {
      Dictionary(grouping: mistakes) { [$0.label, $0.predicted] }.map { classes, mistakes in
        Pair(
          label: classes[0], predicted: classes[1],
          mistakes: mistakes.sorted { ($1.probability, $0.place) < ($0.probability, $1.place) })
      }.sorted {
        ($1.mistakes.count, $0.label, $0.predicted) < ($0.mistakes.count, $1.label, $1.predicted)
      }
    }
  }
}

extension PredictionTable {
  /// Whether these are predictions for the images and classes that those of `other` are for.
  fileprivate func hasSameImages(as other: PredictionTable) -> Bool {
    classNames == other.classNames && labels == other.labels && indices == other.indices
      && files == other.files
  }
}
