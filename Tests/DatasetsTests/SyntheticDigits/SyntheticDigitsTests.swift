import Datasets
import Testing

struct SyntheticDigitsTests {
  private let locations = DataLocations(environment: { _ in nil })

  @Test(arguments: [
    (
      28, "284fa263a5bbd96af208fd017d6d52938873a2c63dad7f7ecad94071df995eeb",
      "f52e5a2c2546be8df2bd2fb7152f948c8252d4068de61cb115437f094dcb567b"
    ),
    (
      17, "07866342cd59cc7cb5315b7041cb42965dc8fdcc784a886ab4e9f61dbfae9d2c",
      "f19cc18ac4b003e24b87e2e0adba30956f91de94e8b31d8ca354b228b229dd19"
    ),
  ])
  func `are the same bytes on every machine`(size: Int, training: String, test: String) {
    #expect(
      load(training: 300, test: 100, size: size).checksums == [
        "train-images": training,
        "train-labels": "62d2854dcbec6ce9740b076e13a9f0d0513f6877c2219acaacdae09cc0affdf3",
        "test-images": test,
        "test-labels": "db5537a06d79a86d76e2378e2eb813aed965f20cb872ef31b40b6cb6bb50d405",
      ])
  }

  @Test func `are what the summary says`() {
    let dataset = load(training: 30, test: 20, size: 20)
    #expect(dataset.training.images.count == 30 * 20 * 20)
    #expect(dataset.test.images.count == 20 * 20 * 20)
    var digits = SyntheticDigits()
    (digits.training, digits.test, digits.size) = (30, 20, 20)
    #expect(
      digits.summarize(in: locations)
        == DatasetSummary(
          imageShape: dataset.imageShape, classCount: dataset.classCount,
          trainingCount: dataset.training.count, testCount: dataset.test.count))
  }

  private func load(training: Int, test: Int, size: Int) -> LoadedDataset {
    var digits = SyntheticDigits()
    (digits.training, digits.test, digits.size) = (training, test, size)
    return digits.load(from: locations)
  }
}
