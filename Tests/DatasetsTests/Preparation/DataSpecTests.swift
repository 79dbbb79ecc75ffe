import Datasets
import Diagnostics
import Specs
import Tensors
import Testing

struct DataSpecTests {
  private func decode(_ text: String) throws -> DataSpec {
    let node = try YAML.parse(SourceFile(path: "a.yaml", text: text))
    var diagnostics = Diagnostics()
    guard let spec = DataSpec.decode(node, &diagnostics) else { throw diagnostics }
    return spec
  }

  /// A dataset with a test part, and so many images to train on.
  private func images(_ count: Int, validation: Int? = nil, test: Int? = 10) -> DatasetSummary {
    DatasetSummary(
      imageShape: ImageShape(height: 1, width: 1, channels: 1), classNames: ["a", "b"],
      trainingCount: count, validationCount: validation, testCount: test)
  }

  /// The only diagnostic for `text` with MNIST's number of images, as `line:column: message`.
  private func mistake(_ text: String) throws -> String {
    var found: [Diagnostic] = []
    do {
      _ = try decode(text).split(of: images(60_000))
    } catch let diagnostics as Diagnostics {
      found = diagnostics.all
    } catch let diagnostic as Diagnostic {
      found = [diagnostic]
    }
    try #require(found.count == 1)
    let location = try #require(found[0].location)
    return "\(location.line):\(location.column): \(found[0].message)"
  }

  @Test func `a dataset's name is enough`() throws {
    let spec = try decode("dataset: mnist")
    #expect(spec.dataset.value is MNIST)
    #expect(
      spec.tree.json == """
        {"dataset":"mnist","split":"stratified","split_seed":0,"normalization":"unit"}
        """)
    #expect(
      try spec.split(of: images(60_000)) == SplitCounts(training: 60_000, validation: 0, test: 10))
  }

  @Test func `all fields are read, and written as they were`() throws {
    let spec = try decode(
      """
      dataset: {type: idx, path: ../digits}
      validation: 0.25
      split_seed: 7
      normalization: standard
      limit: 200
      """)
    #expect((spec.dataset.value as? IDXFolder)?.path == "../digits")
    #expect(spec.normalization == .standard)
    #expect(
      spec.tree.json == """
        {"dataset":{"type":"idx","path":"../digits"},"validation":0.25,"split":"stratified",\
        "split_seed":7,\
        "normalization":"standard","limit":200}
        """)
    #expect(
      try spec.split(of: images(1000)) == SplitCounts(training: 200, validation: 250, test: 10))
  }

  @Test(arguments: [("6000", 6000), ("0", 0), ("0.1", 6000), ("1e-9", 1)])
  func `validation is a number or a fraction of the images`(text: String, count: Int) throws {
    let split = try decode("{dataset: mnist, validation: \(text)}").split(of: images(60_000))
    #expect(split == SplitCounts(training: 60_000 - count, validation: count, test: 10))
  }

  @Test func `a dataset's own validation part is taken unless there is none`() throws {
    let data = images(100, validation: 7)
    for text in ["{dataset: mnist}", "{dataset: mnist, validation: own}"] {
      #expect(try decode(text).split(of: data).validation == 7)
      #expect(try decode(text).split(of: data).training == 100)
    }
    let found = #expect(throws: Diagnostic.self) {
      try decode("{dataset: mnist, validation: 0.1}").split(of: data)
    }
    #expect(found?.message == "the dataset has validation images of its own, 7 of them")
    #expect(
      try mistake("{dataset: mnist, validation: own}")
        == "1:30: the dataset has no validation part of its own")
  }

  @Test func `test images are held out only where the dataset has none`() throws {
    let spec = try decode("{dataset: mnist, test: 0.2, validation: 10}")
    #expect(
      try spec.split(of: images(100, test: nil))
        == SplitCounts(training: 70, validation: 10, test: 20))
    #expect(
      try mistake("{dataset: mnist, test: 0.2}")
        == "1:24: the dataset has test images of its own, 10 of them")
    #expect(
      try decode("{dataset: mnist, validation: 10}").split(of: images(100, test: nil))
        == SplitCounts(training: 90, validation: 10, test: 0))
    let found = #expect(throws: Diagnostic.self) {
      try decode("dataset: mnist").split(of: images(100, test: nil))
    }
    #expect(found?.message == "the dataset has training images only, so there is nothing to score")
  }

  @Test(arguments: ["-1", "1.5", "1.0", "most"])
  func `what is no portion is one error`(text: String) throws {
    #expect(
      try mistake("{dataset: mnist, validation: \(text)}")
        == "1:30: needs a number of images, a fraction between 0 and 1, or own, got '\(text)'")
  }

  @Test(arguments: [
    ("limit: 3000, validation: 1000", 3000, 1000), ("limit: 3000, validation: 0.1", 3000, 6000),
    ("limit: 0.5, validation: 0.1", 27_000, 6000),
    ("limit: 59000, validation: 1000", 59_000, 1000),
  ])
  func `a limit counts images that are trained on, and a fraction what validation leaves`(
    text: String, training: Int, validation: Int
  ) throws {
    let split = try decode("{dataset: mnist, \(text)}").split(of: images(60_000))
    #expect(split == SplitCounts(training: training, validation: validation, test: 10))
  }

  @Test func `a limit above what there is points at its place`() throws {
    #expect(
      try mistake("dataset: mnist\nlimit: 59001\nvalidation: 1000")
        == "2:8: 'limit' must be between 1 and the 59000 images that are not held out, got 59001"
    )
    #expect(
      try mistake("dataset: mnist\nlimit: 70000")
        == "2:8: 'limit' must be between 1 and the dataset's 60000 training images, got 70000")
    #expect(
      try mistake("dataset: mnist\nlimit: 0")
        == "2:8: 'limit' must be between 1 and the dataset's 60000 training images, got 0")
  }

  @Test(arguments: ["1", "1e-9"])
  func `a limit leaves an image for each class`(limit: String) throws {
    #expect(
      try mistake("dataset: mnist\nlimit: \(limit)")
        == "2:8: 'limit' leaves 1 image for 2 classes")
  }

  @Test func `validation must leave something to train on`() throws {
    #expect(
      try mistake("dataset: mnist\nvalidation: 60000")
        == "2:13: 'validation' takes 60000 of 60000 training images, so none are left")
    #expect(
      try mistake("dataset: mnist\nvalidation: 0.999999999")
        == "2:13: 'validation' takes 60000 of 60000 training images, so none are left")
  }

  @Test func `portions whose sum is no number are too many`() throws {
    let spec = try decode("{dataset: mnist, validation: 9223372036854775807, test: 5}")
    let found = #expect(throws: Diagnostic.self) { try spec.split(of: images(100, test: nil)) }
    #expect(found?.message.hasPrefix("'validation' and 'test' take") == true)
  }

  @Test func `prepares a folder of IDX files, by its path`() throws {
    let folder = try TestFolder()
    for (name, bytes) in smallDataset { try folder.write(bytes, to: "mine/\(name)") }
    let locations = DataLocations()
    let spec = try decode("{dataset: {type: idx, path: \(folder.path)/mine}, validation: 0.5}")
    let data = try spec.prepare(from: locations)
    #expect(data.description.dataset == "idx")
    #expect(data.training.count == 2)
    #expect(data.validation?.count == 2)
    #expect((0..<2).map(data.training.label).sorted() == [0, 1])
    #expect(data.test?.count == 2)
    #expect(throws: Diagnostic.self) {
      try decode("{dataset: {type: idx, path: \(folder.path)/mine}, limit: 5}").prepare(
        from: locations)
    }
  }
}
