import Datasets
import Diagnostics
import Specs
import Tensors
import Testing

struct FoldsTests {
  /// The section `data` with these folds and other keys.
  private func decode(_ folds: String, _ others: String = "") throws -> DataSpec {
    let text = "{dataset: mnist, folds: \(folds)\(others.isEmpty ? "" : ", " + others)}"
    let node = try YAML.parse(SourceFile(path: "a.yaml", text: text))
    var diagnostics = Diagnostics()
    guard let spec = DataSpec.decode(node, &diagnostics) else { throw diagnostics }
    return spec
  }

  /// A dataset of images of these classes, in turn of `labels`.
  private func dataset(
    _ labels: [UInt8], groups: [Int]? = nil, validation: Int = 0, test: Int = 0
  ) -> LoadedDataset {
    func part(_ labels: [UInt8], groups: [Int]? = nil) -> LabelledImages {
      // No two images are the same.
      LabelledImages(
        images: labels.indices.flatMap { [UInt8($0 % 256), UInt8($0 / 256)] }, labels: labels,
        groups: groups?.map { "group \($0)" })
    }
    func own(_ count: Int) -> LabelledImages? {
      count == 0 ? nil : part((0..<count).map { UInt8($0 % 2) })
    }
    return LoadedDataset(
      type: "idx", imageShape: ImageShape(height: 1, width: 2, channels: 1),
      classNames: ["cat", "dog", "owl"], training: part(labels, groups: groups),
      validation: own(validation), test: own(test))
  }

  /// The images that each fold holds out.
  private func heldOut(_ data: LoadedDataset, _ count: Int, seed: Int = 0) throws -> [[Int]] {
    try (0..<count).map { fold in
      let spec = try decode("{count: \(count), seed: \(seed), only: \(fold)}")
      return try #require(spec.prepare(data).validation).indices
    }
  }

  /// The message and hint on the folds of `data`, as `line:column: message; hint`.
  private func mistake(
    _ folds: String, _ others: String = "", of data: LoadedDataset? = nil
  ) throws -> String {
    var found: [Diagnostic] = []
    do {
      let data = data ?? dataset((0..<60).map { UInt8($0 % 3) })
      let spec = try decode(folds, others)
      _ = try spec.split(of: data.summary)
      _ = try spec.prepare(data)
    } catch let diagnostics as Diagnostics {
      found = diagnostics.all
    } catch let diagnostic as Diagnostic {
      found = [diagnostic]
    }
    let only = try #require(found.count == 1 ? found.first : nil)
    let location = try #require(only.location)
    return "\(location.line):\(location.column): \(only.message); \(only.hint ?? "")"
  }

  @Test func `each image is held out once, each class alike as scikit-learn allocates them`() throws
  {
    let labels =
      [UInt8](repeating: 0, count: 7) + .init(repeating: 1, count: 11)
      + .init(repeating: 2, count: 5)
    let folds = try heldOut(dataset(labels), 5)
    #expect(folds.flatMap(\.self).sorted() == Array(labels.indices))
    // StratifiedKFold(5) of scikit-learn 1.7 on these labels.
    let counts = folds.map { fold in (0..<3).map { label in fold.count { labels[$0] == label } } }
    #expect(counts == [[2, 2, 1], [2, 2, 1], [1, 3, 1], [1, 2, 1], [1, 2, 1]])
    #expect(try heldOut(dataset(labels), 5) == folds)
    #expect(try heldOut(dataset(labels), 5, seed: 1) != folds)
  }

  @Test func `the numbers of images are known before any is read`() throws {
    let data = dataset((0..<62).map { UInt8($0 % 3) }, test: 10)
    for fold in 0..<5 {
      let spec = try decode("{count: 5, only: \(fold)}")
      let counts = try spec.split(of: data.summary)
      #expect(counts.validation == (fold < 2 ? 13 : 12))
      #expect(try spec.prepare(data).description.counts == counts)
    }
  }

  @Test func `test folds leave validation to be taken from the rest`() throws {
    let data = dataset((0..<60).map { UInt8($0 % 3) })
    var tested: [Int] = []
    for fold in 0..<5 {
      let spec = try decode("{count: 5, of: test, only: \(fold)}", "validation: 9")
      let prepared = try spec.prepare(data)
      #expect(try spec.split(of: data.summary) == prepared.description.counts)
      #expect(
        prepared.description.counts == SplitCounts(training: 39, validation: 9, test: 12))
      let test = try #require(prepared.test).indices
      let validation = try #require(prepared.validation).indices
      #expect(Set(test).isDisjoint(with: validation))
      #expect(Set(test + validation).isDisjoint(with: prepared.training.indices))
      tested += test
    }
    #expect(tested.sorted() == Array(0..<60))
  }

  @Test func `images for the final score are held out before folds are made of the rest`() throws {
    let data = dataset((0..<60).map { UInt8($0 % 3) })
    let parts = try (0..<4).map { fold -> PreparedData in
      try decode("{count: 4, only: \(fold)}", "test: 12").prepare(data)
    }
    #expect(Set(parts.map { $0.test?.indices }).count == 1)
    #expect(parts.flatMap { $0.validation?.indices ?? [] }.count == 48)
  }

  @Test func `no group is divided between folds, and classes stay balanced`() throws {
    // Groups of four images, so that each has images of all classes.
    let groups = (0..<120).map { $0 / 4 }
    let labels = (0..<120).map { UInt8($0 % 3) }
    for seed in 0..<10 {
      let folds = try heldOut(dataset(labels, groups: groups), 5, seed: seed)
      #expect(folds.flatMap(\.self).sorted() == Array(0..<120))
      #expect(folds.allSatisfy { $0.count == 24 })
      let homes = folds.map { Set($0.map { groups[$0] }) }
      #expect(homes.reduce(0) { $0 + $1.count } == 30)
      for fold in folds {
        let counts = (0..<3).map { label in fold.count { labels[$0] == label } }
        #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 4)
      }
    }
  }

  @Test func `there may be a fold for each group, however large one is`() throws {
    let groups = (0..<60).map { $0 < 40 ? 0 : $0 < 50 ? 1 : 2 }
    let folds = try heldOut(dataset((0..<60).map { UInt8($0 % 3) }, groups: groups), 3)
    #expect(Set(folds.map(\.count)) == [40, 10])
  }

  @Test func `a number is short for a map, and both are the same experiment`() throws {
    let (short, long) = (try decode("5"), try decode("{count: 5, of: validation, seed: 0}"))
    #expect(short.canonicalJSON(without: []) == long.canonicalJSON(without: []))
    #expect(short.tree == long.tree)
    #expect(short.only(3).only(nil).canonicalJSON(without: []) == short.canonicalJSON(without: []))
    #expect(try decode("{count: 5, only: 1-3}").fold == nil)
    #expect(short.only(3).fold == 3)
    #expect(try decode("{count: 5, seed: 1}").tree != long.tree)
  }

  @Test(arguments: [
    (
      "1", "",
      "1:25: there must be 2 to 1000 folds, got 1; "
        + "without 'folds', 'validation: 0.2' holds out one part of the images"
    ),
    (
      "0", "",
      "1:25: there must be 2 to 1000 folds, got 0; "
        + "without 'folds', 'validation: 0.2' holds out one part of the images"
    ),
    ("{count: 1}", "", "1:33: must be between 2 and 1000, got 1; "),
    (
      "many", "",
      "1:25: needs a number of folds, or a map of count, of, seed and only, got 'many'; "
    ),
    (
      "{count: 5, only: 7}", "", "1:42: there is no fold 7: the 5 folds are 0 to 4; "
    ),
    (
      "5", "validation: 0.1",
      "1:40: 'validation' and 'folds' both say which images are held out for validation; "
        + "leave 'validation' out, or take 'folds: {count: 5, of: test}'"
    ),
    (
      "{count: 5, of: test}", "test: 0.1",
      "1:53: 'test' and 'folds' both say which images are held out for test; "
        + "leave 'test' out, or take 'folds: {count: 5, of: validation}'"
    ),
    (
      "5", "split: last", "1:35: folds are drawn, and 'last' draws no images; leave 'split' out"
    ),
    (
      "61", "",
      "1:25: there are 60 images to divide, fewer than the 61 folds; take 'folds: 60' at most"
    ),
    (
      "21", "",
      "1:25: class 'cat' has 20 images, fewer than the 21 folds; "
        + "take 'folds: 20' at most, or leave the class out of the dataset"
    ),
    (
      "17", "test: 12",
      "1:25: class 'cat' has 16 images, fewer than the 17 folds; "
        + "take 'folds: 16' at most, or leave the class out of the dataset"
    ),
  ])
  func `folds that cannot be are errors with a way out`(
    folds: String, others: String, message: String
  ) throws {
    #expect(try mistake(folds, others) == message)
  }

  @Test func `folds stand where the dataset has no such part of its own`() throws {
    let labels = (0..<60).map { UInt8($0 % 3) }
    #expect(
      try mistake("5", of: dataset(labels, validation: 7)).hasPrefix(
        "1:25: the dataset has validation images of its own, 7 of them, so that no folds are held out for that; "
          + "'folds: {count: 5, of: test}' holds folds out for the final score"))
    #expect(
      try mistake("{count: 5, of: test}", of: dataset(labels, test: 7)).hasPrefix(
        "1:25: the dataset has test images of its own, 7 of them, so that no folds are held out for that; "
          + "'folds: 5' holds folds out for validation"))
  }

  @Test
  func `folds of groups need enough of them, none too large, and more than one class in each`()
    throws
  {
    let labels = (0..<60).map { UInt8($0 % 3) }
    #expect(
      try mistake("5", of: dataset(labels, groups: labels.indices.map { $0 / 15 }))
        == "1:25: there are 4 groups, fewer than the 5 folds; take 'folds: 4' at most")
    #expect(
      try mistake("5", of: dataset(labels, groups: labels.indices.map { $0 < 20 ? 0 : $0 }))
        == "1:25: group 'group 0' has 20 images, more than a fold of 12; "
        + "take 'folds: 3' at most, or 'folds: 41', one for each group")
    // All owls are of one group.
    let owls = (0..<60).map { UInt8($0 < 15 ? 2 : $0 % 2) }
    #expect(
      try mistake("4", of: dataset(owls, groups: owls.indices.map { $0 / 15 })).hasSuffix(
        "without which none is left to train on: they are of group 'group 0' alone; "
          + "add images of the class in another group, or leave the class out of the dataset"))
  }

  @Test func `folds may lack a class, such as one for each patient, which is a warning`() throws {
    // Two patients have owls alone, two have cats and dogs.
    let owls = dataset(
      (0..<60).map { UInt8($0 < 30 ? 2 : $0 % 2) }, groups: (0..<60).map { $0 / 15 })
    let spec = try decode("4")
    #expect(try spec.split(of: owls.summary).validation == 15)
    let warning = try #require(try spec.lackOfClasses(in: owls.summary))
    #expect(warning.severity == .warning)
    let homes = try heldOut(owls, 4).map { $0.contains { $0 < 30 } }
    let (ofOwls, ofOthers) = (
      homes.indices.filter { homes[$0] }, homes.indices.filter { !homes[$0] }
    )
    func text(_ folds: [Int]) -> String { folds.map(String.init).joined(separator: ", ") }
    #expect(
      warning.message == "folds without images of a class: folds \(text(ofOwls)) of 'cat', "
        + "folds \(text(ofOwls)) of 'dog', folds \(text(ofOthers)) of 'owl'")
    #expect(warning.hint?.contains("judge by those pooled over all folds") == true)
    // Of six patients three have an owl each.
    let rare = dataset(
      (0..<60).map { [0, 10, 20].contains($0) ? 2 : UInt8($0 % 2) },
      groups: (0..<60).map { $0 / 10 })
    #expect(try decode("6").split(of: rare.summary).validation == 10)
    #expect(try decode("6").lackOfClasses(in: rare.summary)?.message.hasSuffix("of 'owl'") == true)
    #expect(
      try decode("4").lackOfClasses(in: dataset((0..<60).map { UInt8($0 % 3) }).summary) == nil)
  }

  @Test func `a class with fewer images than folds is found before the images are read`() throws {
    let summary = dataset((0..<60).map { UInt8($0 < 4 ? 2 : $0 % 2) }).summary
    let error = #expect(throws: Diagnostic.self) { try decode("5").split(of: summary) }
    #expect(error?.message == "class 'owl' has 4 images, fewer than the 5 folds")
  }

  @Test func `images that stand in several folds are counted over all of them`() throws {
    let labels = (0..<60).map { UInt8($0 % 3) }
    let folds = try heldOut(dataset(labels), 5)
    let fold = { (image: Int) in folds.firstIndex { $0.contains(image) } ?? -1 }
    let twin = try #require((1..<60).first { fold($0) != fold(0) })
    let other = try #require((1..<60).first { $0 != twin && fold($0) == fold(twin) })
    var images = labels.indices.flatMap { image -> [UInt8] in [UInt8(image), 1] }
    for copy in [twin, other] {
      images.replaceSubrange(2 * copy..<2 * copy + 2, with: images[0..<2])
    }
    let data = LoadedDataset(
      type: "idx", imageShape: ImageShape(height: 1, width: 2, channels: 1),
      classNames: ["cat", "dog", "owl"], training: LabelledImages(images: images, labels: labels))
    let wrong = [0, twin, other].count { image in
      [0, twin, other].contains { fold($0) != fold(image) && labels[$0] != labels[image] }
    }
    for held in 0..<5 {
      let notes = try decode("{count: 5, only: \(held)}").prepare(data).description.notes
      #expect(notes.count == 1)
      #expect(
        notes.first?.hasPrefix(
          "3 of 60 images stand in several folds, pixel for pixel"
            + (wrong == 0 ? ": " : ", \(wrong) of them with another class: ") + "such as image ")
          == true)
    }
    let held = try decode("{count: 5, of: test, only: 0}", "validation: 24").prepare(data)
    #expect(
      held.description.notes.first?.hasPrefix("3 of 60 images stand in several folds") == true)
    #expect(!held.description.notes.contains { $0.contains("test images are also") })
  }
}
