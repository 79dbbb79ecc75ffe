import Metrics
import Records

/// The folds of one spec and seed, which make one score together.
package struct FoldSet: Sendable {
  /// The hash of the spec.
  let specHash: String
  /// The seed that all runs have.
  package let seed: Int
  /// The latest completed run of each fold that has one, by rising fold.
  package let runs: [RunRecord]
  /// The number of folds that there are.
  package let count: Int
  /// The numbers of the folds without a completed run.
  package let missing: [Int]
  /// A run that cannot be of a fold beside the others, with the reason; nil if there is none.
  let contradiction: RunProblem?
  /// Why the predictions of the folds cannot be read; nil if they can, or were not asked for.
  let predictionProblem: RunProblem?
  /// The images of which each fold has others.
  let foldedPart: ScoreName.Part?
  /// The scores of the predictions of all folds on those images.
  private let pooled: Scores?

  /// True if all folds count: none is missing, and none contradicts another.
  package var isComplete: Bool { missing.isEmpty && contradiction == nil }

  /// The images that each fold holds out. Sets of the same ones are of one division, whatever their folds' numbers.
  var division: Set<Manifest.Contents> { Set(runs.compactMap(\.heldOut?.contents)) }

  /// True if the recorded predictions are for images that each fold has others of: those on the final part are recorded.
  var recordsFoldedPart: Bool { foldedPart != nil && foldedPart == runs.first?.data.finalPart }

  /// True if `score` cannot be of all folds' predictions together, since it comes from probabilities that runs do not
  /// record: then it is the mean over the folds.
  func lacksPredictions(for score: ScoreName) -> Bool {
    score.metric.needsProbabilities && score.part == foldedPart && !recordsFoldedPart
  }

  /// The set of these `runs` of one spec and seed, oldest first, all of which have a fold. With `readsPredictions`, metrics
  /// that come from probabilities are pooled, too.
  fileprivate init(_ runs: [RunRecord], of fold: Manifest.Fold, readsPredictions: Bool) {
    specHash = runs[0].content.specHash
    seed = runs[0].content.seed
    count = fold.count
    let completed = runs.filter { $0.content.status == .completed && $0.content.results != nil }
    let latest = Dictionary(completed.map { ($0.content.repetition, $0) }) { $1 }
    let counted = latest.values.sorted { $0.content.repetition < $1.content.repetition }
    self.runs = counted
    let present = Set(counted.compactMap { $0.content.fold?.index })
    missing = (0..<fold.count).filter { !present.contains($0) }
    contradiction = counted.contradiction(areAll: missing.isEmpty)
    foldedPart = counted.first?.foldedPart.map { $0 == .test ? .test : .validation }
    guard missing.isEmpty, contradiction == nil, let part = foldedPart else {
      pooled = nil
      predictionProblem = nil
      return
    }
    let scores = counted.compactMap { $0.results?.scores(on: part) }
    let isRecorded = part == counted[0].data.finalPart
    do throws(RunProblem) {
      let predictions = readsPredictions && isRecorded ? try counted.pooledPredictions() : nil
      pooled = Scores(pooling: scores, probabilities: predictions?.labelled)
      predictionProblem = nil
    } catch {
      pooled = Scores(pooling: scores)
      predictionProblem = error
    }
  }

  /// The scores on `part`: those of all predictions together, where each fold has images of its own, else those of each
  /// fold's run. Empty unless all folds count.
  func scores(on part: ScoreName.Part) -> [Scores] {
    guard isComplete else { return [] }
    if part == foldedPart { return pooled.map { [$0] } ?? [] }
    return runs.compactMap { $0.results?.scores(on: part) }
  }

  /// What `value` finds in the scores on `part`: in those of all predictions together, where each fold has images of its
  /// own, else, and of probabilities that runs do not record, the mean over the folds' runs.
  ///
  /// Nil unless all folds count, where there are no such images, where it is undefined (of a mean, in one fold), and of
  /// probabilities whose predictions cannot be read (`predictionProblem`) or were not asked for.
  func value(on part: ScoreName.Part, _ value: (Scores) -> Double?) -> Double? {
    guard isComplete else { return nil }
    if part == foldedPart {
      let found = pooled.flatMap(value)
      if found != nil || recordsFoldedPart { return found }
    }
    let values = runs.compactMap { $0.results?.scores(on: part).flatMap(value) }
    return values.count == count ? SampleStatistics(values)?.mean : nil
  }
}

extension [RunRecord] {
  /// The folds of each spec and seed among these runs, which stand oldest first, by rising seed; empty where there are
  /// none. With `readsPredictions`, metrics of probabilities are known, too.
  func foldSets(readsPredictions: Bool = false) -> [FoldSet] {
    let folded = filter { $0.content.fold != nil }
    let sets = Dictionary(grouping: folded) { run in
      RunSlot(specHash: run.content.specHash, repetition: Repetition(seed: run.content.seed))
    }
    return sets.sorted {
      ($0.key.repetition, $0.key.specHash) < ($1.key.repetition, $1.key.specHash)
    }.compactMap { _, runs in
      runs[0].content.fold.map { FoldSet(runs, of: $0, readsPredictions: readsPredictions) }
    }
  }

  /// The first of these runs, each of another fold, that cannot be of a fold beside the others, with the reason; nil if
  /// there is none. If they `areAll`, their images make up those that are divided.
  fileprivate func contradiction(areAll: Bool) -> RunProblem? {
    guard let first, let fold = first.fold else { return nil }
    func problem(_ run: RunRecord, _ reason: String) -> RunProblem {
      RunProblem(path: run.folder.path, reason: reason)
    }
    let name = "fold \(fold.index)"
    var known: [Manifest.Contents: RunRecord] = [:]
    for run in self {
      if run.fold?.count != fold.count || run.fold?.part != fold.part {
        return problem(run, "its folds are not those of \(name)")
      }
      if run.data.classNames != first.data.classNames {
        return problem(run, "its classes are not those of \(name)")
      }
      guard let images = run.heldOut else {
        return problem(run, "it does not say which images it holds out")
      }
      if run.data.imageShape != first.data.imageShape
        || run.data.contents(of: .training) != first.data.contents(of: .training)
      {
        return problem(run, "it divides other images than \(name)")
      }
      // Single images may well be equal.
      if let twin = known.updateValue(run, forKey: images.contents), images.contents.count > 1 {
        return problem(run, "it holds out the same images as fold \(twin.fold?.index ?? 0)")
      }
    }
    let sum = reduce(0) { $0 + ($1.heldOut?.contents.count ?? 0) }
    guard areAll, let divided = first.heldOut?.dividedCount, sum != divided else { return nil }
    return problem(
      first, "its folds hold out \(sum.grouped) images together, of \(divided.grouped)")
  }
}

extension Array {
  /// The elements in groups whose `run` holds out the same images, whichever set of folds it is of, in the order of the
  /// first of each.
  func groupedByFold(_ run: (Element) -> RunRecord) -> [[Element]] {
    var (groups, placeOf) = ([[Element]](), [Manifest.Contents?: Int]())
    for element in self {
      let images = run(element).heldOut?.contents
      if let place = placeOf[images] {
        groups[place].append(element)
      } else {
        placeOf[images] = groups.count
        groups.append([element])
      }
    }
    return groups
  }
}
