import Metrics
import Records
import Testing

@Suite("Whether scores of two runs are of the same images")
struct DataSummaryImagesTests {
  private func data(
    _ dataset: String = "mnist", classNames: [String] = ["0", "1"], training: Int = 54_000,
    validation: Int = 6_000, test: Int = 10_000, files: [String: String] = [:]
  ) -> Manifest.DataSummary {
    let checksums = [
      "t10k-images-idx3-ubyte": "a", "t10k-labels-idx1-ubyte": "b", "test-images": "c",
      "train-images-idx3-ubyte": "d", "train-labels-idx1-ubyte": "e",
    ].merging(files) { $1 }
    return Manifest.DataSummary(
      dataset: dataset, imageShape: [28, 28, 1], classNames: classNames, trainingCount: training,
      validationCount: validation, testCount: test,
      checksums: checksums.sorted { $0.key < $1.key }.map { .init(file: $0.key, sha256: $0.value) })
  }

  /// The scores of `other` that can be compared with those of the usual data.
  private func comparable(_ other: Manifest.DataSummary) -> [ScoreName.Part] {
    ScoreName.Part.allCases.filter { part in
      #expect(
        data().hasSameImages(as: other, for: part) == other.hasSameImages(as: data(), for: part))
      return data().hasSameImages(as: other, for: part)
    }
  }

  @Test func theSameDataHaveTheSameImages() { #expect(comparable(data()) == [.validation, .test]) }

  @Test("how many images are used decides which are held out, but the test is the same")
  func training() {
    #expect(comparable(data(training: 1_000)) == [.test])
    #expect(comparable(data(validation: 5_000)) == [.test])
    #expect(comparable(data(files: ["train-images-idx3-ubyte": "x"])) == [.test])
    #expect(comparable(data(files: ["train-labels-idx1-ubyte": "x"])) == [.test])
  }

  @Test(
    "other test files leave the validation images as they are",
    arguments: ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", "test-images"])
  func testFiles(file: String) {
    #expect(comparable(data(files: [file: "x"])) == [.validation])
  }

  @Test func testCount() { #expect(comparable(data(test: 9_000)) == [.validation]) }

  @Test func otherImagesAltogether() {
    #expect(comparable(data("digits")).isEmpty)
    #expect(comparable(data(classNames: ["cat", "dog"])).isEmpty)
  }
}
