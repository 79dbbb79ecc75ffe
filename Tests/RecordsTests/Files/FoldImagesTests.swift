import Records
import Testing

struct FoldImagesTests {
  /// The images of a fold held out as `part` of a hundred, beside 20 of validation and 30 of test.
  private func images(
    of part: Manifest.DataPart, heldOut: Set<Manifest.DataPart>
  ) -> Manifest.FoldImages? {
    let counts: [Manifest.DataPart: Int] = [.training: 100, .validation: 20, .test: 30]
    let data = Manifest.DataSummary(
      dataset: "digits", imageShape: [2, 2, 1], classNames: ["a", "b"], trainingCount: 10,
      validationCount: 20, testCount: 30,
      contents: [Manifest.DataPart.training, .validation, .test].map {
        .init(
          part: $0, isHeldOut: heldOut.contains($0), count: counts[$0] ?? 0,
          pixels: $0.rawValue, labels: "")
      }, scaling: .init(shift: [0], divisor: [255]))
    return Manifest.FoldImages(of: .init(index: 0, count: 5, part: part), in: data)
  }

  @Test func `test images are taken before folds of validation are made`() throws {
    let own = try #require(images(of: .validation, heldOut: [.validation]))
    #expect((own.contents.count, own.dividedCount, own.leftCount) == (20, 100, 80))
    let taken = try #require(images(of: .validation, heldOut: [.validation, .test]))
    #expect((taken.contents.pixels, taken.dividedCount, taken.leftCount) == ("validation", 70, 50))
  }

  @Test func `validation is taken from what folds of test leave`() throws {
    let found = try #require(images(of: .test, heldOut: [.validation, .test]))
    #expect((found.contents.count, found.dividedCount, found.leftCount) == (30, 100, 50))
  }
}
