import Datasets
import Tensors
import Testing

struct SharedImagesTests {
  /// Images of two pixels; the file of image `i` is `name i`.
  private func part(_ images: [[UInt8]], _ labels: [UInt8], _ name: String) -> LabelledImages {
    LabelledImages(
      images: images.flatMap(\.self), labels: labels, names: images.indices.map { "\(name) \($0)" })
  }

  private func notes(training: LabelledImages, test: LabelledImages) throws -> [String] {
    let dataset = LoadedDataset(
      type: "idx", imageShape: ImageShape(height: 1, width: 2, channels: 1),
      classNames: ["a", "b"], training: training, test: test, notes: ["read from a disk"])
    return try DataSpec().prepare(dataset).description.notes
  }

  @Test func `images in two parts are counted, with an example and contradictions`() throws {
    let notes = try notes(
      training: part([[1, 2], [3, 4], [5, 6], [1, 2]], [0, 1, 0, 1], "train"),
      test: part([[2, 1], [5, 6], [3, 4], [3, 4]], [0, 0, 1, 0], "test"))
    #expect(
      notes == [
        "read from a disk",
        "3 of 4 test images are also among the training images, pixel for pixel, "
          + "1 of them with another class: such as 'test 1' and 'train 2'",
      ])
  }

  @Test func `equal images are counted without comparing each with each`() throws {
    // Each with each would be 10¹⁰ comparisons.
    let count = 100_000
    let same = LabelledImages(
      images: [UInt8](repeating: 7, count: 2 * count), labels: (0..<count).map { UInt8($0 % 2) })
    let notes = try notes(training: same, test: same)
    #expect(notes.count == 2)
    #expect(notes[1].hasPrefix("100,000 of 100,000 test images are also among the training images"))
  }

  @Test func `a class without images in a part is named`() throws {
    let notes = try notes(
      training: part([[1, 2], [3, 4]], [0, 1], "train"), test: part([[2, 1]], [1], "test"))
    #expect(notes == ["read from a disk", "no test image is of a"])
  }

  @Test func `images of their own need no note`() throws {
    let notes = try notes(
      training: part([[1, 2], [1, 2]], [0, 1], "train"),
      test: part([[2, 1], [2, 2]], [0, 1], "test"))
    #expect(notes == ["read from a disk"])
  }
}
