import Datasets
import Tensors
import Testing

struct PreparedDataTests {
  /// 60 training images of one pixel that shows their number, 20 of each class; 6 test images.
  private let dataset = LoadedDataset(
    type: "idx", imageShape: ImageShape(height: 1, width: 1, channels: 1),
    classNames: ["a", "b", "c"],
    training: LabelledImages(images: (0..<60).map { $0 }, labels: (0..<60).map { $0 % 3 }),
    test: LabelledImages(images: (100..<106).map { $0 }, labels: [0, 1, 2, 0, 1, 2]))

  private func prepare(
    training: Int? = nil, validation: Int = 0, splitSeed: Int = 0,
    normalization: Normalization = .unit
  ) throws -> PreparedData {
    var spec = DataSpec()
    spec.limit = training.map(Portion.init(count:))
    spec.validation = .heldOut(Portion(count: validation))
    spec.splitSeed = splitSeed
    spec.normalization = normalization
    return try spec.prepare(dataset)
  }

  @Test func `without validation all training images are trained on, in the file's order`() throws {
    let data = try prepare()
    #expect(data.training.indices == Array(0..<60))
    #expect(data.validation == nil)
    #expect(data.test?.indices == Array(0..<6))
  }

  @Test func `validation takes its images out of training, each class alike`() throws {
    let data = try prepare(validation: 15)
    let validation = try #require(data.validation)
    #expect(validation.count == 15)
    #expect((data.training.indices + validation.indices).sorted() == Array(0..<60))
    #expect(
      (0..<3).map { label in (0..<15).count { validation.label(of: $0) == label } } == [5, 5, 5])
    #expect(data.test?.count == 6)
  }

  @Test func `a limit leaves validation as it is, and takes of the others, each class alike`()
    throws
  {
    let (few, all) = (try prepare(training: 24, validation: 6), try prepare(validation: 6))
    #expect(few.training.count == 24)
    #expect(try #require(few.validation).indices == #require(all.validation).indices)
    #expect(Set(few.training.indices).isSubset(of: all.training.indices))
    for data in [few.training, try #require(few.validation)] {
      let counts = (0..<3).map { label in
        (0..<data.count).count { data.label(of: $0) == label }
      }
      #expect(Set(counts) == [data.count / 3])
    }
    #expect(few.test?.count == 6)
  }

  @Test func `the split seed decides the split`() throws {
    #expect(
      try prepare(validation: 15, splitSeed: 1).training.indices
        == prepare(validation: 15, splitSeed: 1).training.indices)
    #expect(
      try prepare(validation: 15, splitSeed: 1).training.indices
        != prepare(validation: 15, splitSeed: 2).training.indices)
  }

  @Test func `normalization looks at the images that are trained on, and serves all`() throws {
    let data = try prepare(training: 24, validation: 6, normalization: .standard)
    let pixels = data.training.indices.map(Double.init)
    let mean = pixels.reduce(0, +) / 24
    #expect(abs(data.description.scaling.shift[0] - mean) < 1e-12)
    var input: Float = 0
    data.test?.writeInput(of: 1, epoch: 0, to: &input)
    #expect(input == data.description.scaling.tables[101])
  }

  @Test func `the description has what a run records`() throws {
    let description = try prepare(training: 24, validation: 6).description
    #expect(description.dataset == "idx")
    #expect(description.imageShape == ImageShape(height: 1, width: 1, channels: 1))
    #expect(description.classNames == ["a", "b", "c"])
    #expect(description.counts.training == 24)
    #expect(description.counts.validation == 6)
    #expect(description.counts.test == 6)
    #expect(description.scaling == PixelScaling(shift: [0], divisor: [255]))
    #expect(description.source == dataset.digest)
    #expect(description.validation?.count == 6)
    #expect(try prepare().description.validation == nil)
    // The contents of the same images, whatever is trained on and however bytes are scaled.
    let held =
      try prepare(training: 24, validation: 6, normalization: .standard).validation?.indices ?? []
    #expect(
      description.validation
        == DataDigest.Part(
          LabelledImages(
            images: held.map { dataset.training.images[$0] },
            labels: held.map { dataset.training.labels[$0] })))
  }
}
