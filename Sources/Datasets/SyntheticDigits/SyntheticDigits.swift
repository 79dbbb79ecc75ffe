import Specs
import Tensors

/// Handwritten-like digits that this program draws itself, so that nothing has to be downloaded.
///
/// The same fields give the same bytes on every machine.
package struct SyntheticDigits: DatasetSpec {
  package static let type = "synthetic_digits"
  package static let summary = "Handwritten-like digits, drawn on the spot: needs no files."

  @Field("Number of training images.", .range(10...1_000_000))
  package var training: Int = 10_000

  @Field("Number of test images; with 0 there is no test part.", .range(0...1_000_000))
  package var test: Int = 2_000

  @Field("Height and width of the images, in pixels.", .range(16...64))
  package var size: Int = 28

  @Field(
    "Decides what the digits look like; independent of a run's seed.", .range(0...4_294_967_295))
  package var seed: Int = 0

  package static var showsDigits: Bool { true }

  package init() {}

  package func summarize(in locations: DataLocations) -> DatasetSummary {
    DatasetSummary(
      imageShape: imageShape, classNames: Self.classNames, trainingCount: training,
      testCount: test == 0 ? nil : test, labels: drawing(.training).labels(count: training))
  }

  package func load(from locations: DataLocations) throws -> LoadedDataset {
    try DatasetError.requireMemory(summarize(in: locations).byteCount, for: Self.type)
    let training = drawing(.training).images(count: training)
    let test = test == 0 ? nil : drawing(.test).images(count: test)
    return LoadedDataset(
      type: Self.type, imageShape: imageShape, classNames: Self.classNames, firstLabels: [0],
      training: training, test: test)
  }

  private static let classNames = (0...9).map(String.init)

  private func drawing(_ part: DigitDrawing.Part) -> DigitDrawing {
    DigitDrawing(size: size, seed: UInt64(seed), part: part)
  }

  private var imageShape: ImageShape { ImageShape(height: size, width: size, channels: 1) }
}
