import Diagnostics
import Specs
import TextLayout

extension DataSpec {
  /// The numbers of images in each part. Throws if there are too few, or if nothing is left to score.
  package func split(of data: DatasetSummary) throws(Diagnostic) -> SplitCounts {
    let held = try heldOut(of: data)
    var (left, validation, test) = (data.trainingCount - held.total, held.validation, held.test)
    // Folds are made to find what is wrong with them before anything runs.
    if let split = try split(data, held) {
      (left, validation, test) = (
        split.training.count, split.validation.count, split.test.count
      )
    }
    return SplitCounts(
      training: try trainingCount(of: left, held: held.total, data.classNames.count),
      validation: data.validationCount ?? validation, test: data.testCount ?? test)
  }

  /// A warning that folds lack images of a class, as only groups make them, as far as is known before the images are read;
  /// nil if none does. Throws what `split` throws.
  package func lackOfClasses(in data: DatasetSummary) throws(Diagnostic) -> Diagnostic? {
    guard let folds, let labels = data.labels, data.groups != nil,
      let split = try split(data, heldOut(of: data))
    else { return nil }
    return folds.lackOfClasses(split.folds, labels: labels, classNames: data.classNames)
  }

  /// The training images of each part, where their classes are known before they are read, and decide how many there are
  /// of each part or which folds can be; nil elsewhere.
  private func split(
    _ data: DatasetSummary, _ held: Split.HeldOut
  ) throws(Diagnostic) -> Split? {
    guard let labels = data.labels, folds != nil || data.groups != nil else { return nil }
    if data.groups == nil, let folds, let counts = data.classCounts,
      folds.part == .test || held.test == 0
    {
      // Folds of all images differ by one image at most, and are possible if each class has one for each.
      try folds.validate(classCounts: counts, classNames: data.classNames)
      return nil
    }
    return try split(held, labels: labels, groups: data.groups, data.classNames)
  }

  /// The training images of each part. Throws if groups leave a part without any.
  private func split(
    _ held: Split.HeldOut, labels: [UInt8], groups: [String]?, _ classNames: [String]
  ) throws(Diagnostic) -> Split {
    let split = Split(
      held, folds: folds, labels: labels, groups: groups, classCount: classNames.count,
      method: split, seed: UInt64(splitSeed))
    try folds?.validate(split.folds, labels: labels, groups: groups, classNames: classNames)
    guard
      (held.validation == 0) == split.validation.isEmpty,
      (held.test == 0) == split.test.isEmpty, !split.training.isEmpty
    else {
      throw Diagnostic(
        identifier: .badSplit, message: "there are too few groups for each part to have one",
        location: $validation.location ?? $test.location,
        hint: "no group is divided: hold fewer parts out, or group by something finer")
    }
    return split
  }

  /// The numbers of training images to hold out for the parts that `data` does not bring. Throws if nothing is scored.
  private func heldOut(of data: DatasetSummary) throws(Diagnostic) -> Split.HeldOut {
    let held = try wantedCounts(of: data)
    guard held.total + (data.validationCount ?? 0) + (data.testCount ?? 0) > 0 else {
      throw Diagnostic(
        identifier: .nothingToScore,
        message: "the dataset has training images only, so there is nothing to score",
        location: validation?.node?.location ?? $dataset.location,
        hint: "hold some out: 'validation: 0.2', and 'test: 0.2' for a final score")
    }
    return held
  }

  /// Likewise, where nothing may be scored.
  private func wantedCounts(of data: DatasetSummary) throws(Diagnostic) -> Split.HeldOut {
    func own(_ count: Int, _ part: String, at node: Node?) -> Diagnostic {
      Diagnostic(
        identifier: .badSplit,
        message: "the dataset has \(part) images of its own, \(count) of them",
        location: node?.location, hint: "leave '\(part)' out, and these are taken")
    }
    guard data.groups == nil || split == .stratified else {
      throw Diagnostic(
        identifier: .badSplit, message: "the last images are not whole groups",
        location: $split.location, hint: "leave 'split' out, or 'group'")
    }
    let total = data.trainingCount
    var held = (validation: 0, test: 0)
    if let test {
      if let count = data.testCount { throw own(count, "test", at: test.node) }
      held.test = test.count(of: total)
    }
    if let folds { try hold(folds, &held, of: data) }
    switch (validation, data.validationCount) {
    case (.heldOut(let portion), let count?): throw own(count, "validation", at: portion.node)
    case (.heldOut(let portion), nil): held.validation = portion.count(of: total)
    case (.own(let node), nil):
      throw Diagnostic(
        identifier: .badSplit, message: "the dataset has no validation part of its own",
        location: node?.location, hint: "hold some of the training images out, for example 0.1")
    case (.own, .some), (nil, _): break
    }
    let (sum, isTooLarge) = held.validation.addingReportingOverflow(held.test)
    guard !isTooLarge, sum < total else {
      let takers = [("'validation'", held.validation), ("'test'", held.test)].filter { $0.1 > 0 }
      let taker =
        takers.map(\.0).joined(separator: " and ") + (takers.count == 1 ? " takes" : " take")
      throw Diagnostic(
        identifier: .nothingToTrainOn,
        message:
          "\(taker) \(isTooLarge ? .max : sum) of \(total) training images, so none are left",
        location: validation?.node?.location ?? test?.node?.location)
    }
    return Split.HeldOut(validation: held.validation, test: held.test)
  }

  /// Sets the number of images in the current one of `folds`. Throws if the dataset has that part of its own, or fewer
  /// images than there are folds.
  private func hold(
    _ folds: Folds, _ held: inout (validation: Int, test: Int), of data: DatasetSummary
  ) throws(Diagnostic) {
    let own = folds.part == .test ? data.testCount : data.validationCount
    let name = folds.part.rawValue
    if let own {
      throw Diagnostic(
        identifier: .badFolds,
        message:
          "the dataset has \(name) images of its own, \(own) of them, so that no folds are held out for that",
        location: folds.node?.location,
        hint: folds.part == .test
          ? "'folds: \(folds.count)' holds folds out for validation, and scores the test part with each"
          : "'folds: {count: \(folds.count), of: test}' holds folds out for the final score; or leave 'folds' out"
      )
    }
    let left = data.trainingCount - held.test
    guard left >= folds.count else {
      throw Diagnostic(
        identifier: .badFolds,
        message:
          "there are \(counted(max(0, left), "image")) to divide, fewer than the \(folds.count) folds",
        location: folds.node?.location, hint: left > 1 ? "take 'folds: \(left)' at most" : nil)
    }
    if folds.part == .test {
      held.test = folds.size(of: left)
    } else {
      held.validation = folds.size(of: left)
    }
  }

  /// The names of the classes that `data` has images of, but the images held out for validation have not; empty where
  /// that is not known before images are read. Of folds, `lackOfClasses` tells.
  package func classesWithoutValidation(in data: DatasetSummary) -> [String] {
    guard folds == nil, let labels = data.labels, let counts = data.classCounts,
      let held = try? heldOut(of: data), held.validation > 0
    else { return [] }
    // If each class's share is at least one image, the split need not be drawn to know it.
    let isSure =
      split == .stratified && data.groups == nil && held.test == 0
      && counts.allSatisfy { $0 == 0 || $0 * held.validation >= labels.count }
    guard !isSure,
      let drawn = try? split(held, labels: labels, groups: data.groups, data.classNames)
    else { return [] }
    let found = Set(drawn.validation.map { labels[$0] })
    return data.classNames.indices.filter { counts[$0] > 0 && !found.contains(UInt8($0)) }
      .map { data.classNames[$0] }
  }

  /// The number of images to train on of the `left` ones that are not held out, which are of `classCount` classes.
  private func trainingCount(
    of left: Int, held: Int, _ classCount: Int
  ) throws(Diagnostic) -> Int {
    let used = limit?.count(of: left) ?? left
    guard used > 0, used <= left else {
      let images =
        held == 0
        ? "the dataset's \(left) training images" : "the \(left) images that are not held out"
      throw Diagnostic(
        identifier: .limitOutOfRange,
        message: "'limit' must be between 1 and \(images), got \(used)",
        location: limit?.node?.location)
    }
    guard limit == nil || used >= classCount else {
      throw Diagnostic(
        identifier: .limitOutOfRange,
        message: "'limit' leaves \(counted(used, "image")) for \(classCount) classes",
        location: limit?.node?.location, hint: "each class needs an image at least to be learned")
    }
    return used
  }

  /// Loads the dataset, splits and normalizes it.
  ///
  /// Throws a `Diagnostic` if the split asks for more images than there are, and the errors of `DatasetSpec.load`.
  package func prepare(from locations: DataLocations) throws -> PreparedData {
    try prepare(dataset.value.load(from: locations))
  }

  /// Splits and normalizes `loaded`. Throws if the split asks for more images than there are.
  package func prepare(_ loaded: LoadedDataset) throws(Diagnostic) -> PreparedData {
    let held = try heldOut(of: loaded.summary)
    var split = try split(loaded, held)
    split.limit(
      to: try trainingCount(of: split.training.count, held: held.total, loaded.classCount),
      labels: loaded.training.labels, classCount: loaded.classCount, seed: UInt64(splitSeed))
    return PreparedData(loaded, split: split, normalization: normalization)
  }

  /// The training images of `loaded` that are held out for the final score; nil if the section holds none out, or all.
  ///
  /// Nothing but `test` and the way of splitting decides which they are: `validation` takes from what is left.
  func heldOutTest(of loaded: LoadedDataset) throws(Diagnostic) -> [Int]? {
    guard let test else { return nil }
    let count = loaded.training.count
    // Nothing has to be left to train on.
    if loaded.test == nil, test.count(of: count) == count { return nil }
    var section = self
    section.validation = nil
    section.folds = nil
    let held = try section.wantedCounts(of: loaded.summary)
    return held.test == 0 ? nil : try section.split(loaded, held).test
  }

  private func split(
    _ loaded: LoadedDataset, _ held: Split.HeldOut
  ) throws(Diagnostic) -> Split {
    try split(
      held, labels: loaded.training.labels, groups: loaded.training.groups, loaded.classNames)
  }
}
