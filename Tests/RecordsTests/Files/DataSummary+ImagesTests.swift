import Metrics
import Records
import Testing

@Suite("Whether scores of two runs are of the same images")
struct DataSummaryImagesTests {
  private func data(
    _ dataset: String = "mnist", shape: [Int] = [28, 28, 1], classNames: [String] = ["0", "1"],
    training: String = "a", validation: String? = "b", test: String = "c", labels: String = "d"
  ) -> Manifest.DataSummary {
    Manifest.DataSummary(
      dataset: dataset, imageShape: shape, classNames: classNames, trainingCount: 54_000,
      validationCount: validation == nil ? 0 : 6_000, testCount: 10_000,
      contents: [
        .init(part: .training, isHeldOut: false, count: 60_000, pixels: training, labels: "e"),
        validation.map {
          .init(part: .validation, isHeldOut: true, count: 6_000, pixels: $0, labels: "f")
        },
        .init(part: .test, isHeldOut: false, count: 10_000, pixels: test, labels: labels),
      ].compactMap(\.self), scaling: .init(shift: [0], divisor: [255]))
  }

  /// The scores of `other` that can be compared with those of the usual data.
  private func comparable(_ other: Manifest.DataSummary) -> [ScoreName.Part] {
    ScoreName.Part.allCases.filter { part in
      #expect(
        data().hasSameImages(as: other, for: part) == other.hasSameImages(as: data(), for: part))
      return data().hasSameImages(as: other, for: part)
    }
  }

  @Test("the contents count, and neither the name of the dataset nor what is trained on")
  func theSameImages() {
    #expect(comparable(data()) == [.validation, .test])
    #expect(comparable(data("idx")) == [.validation, .test])
    #expect(comparable(data(training: "x")) == [.validation, .test])
  }

  @Test func otherImagesOfOnePart() {
    #expect(comparable(data(validation: "x")) == [.test])
    #expect(comparable(data(validation: nil)) == [.test])
    #expect(comparable(data(test: "x")) == [.validation])
    #expect(comparable(data(labels: "x")) == [.validation])
  }

  @Test func otherImagesAltogether() {
    #expect(comparable(data(shape: [14, 56, 1])).isEmpty)
    #expect(comparable(data(classNames: ["cat", "dog"])).isEmpty)
  }
}
