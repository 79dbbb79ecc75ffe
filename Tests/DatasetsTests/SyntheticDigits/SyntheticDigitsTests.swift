import Datasets
import Testing

struct SyntheticDigitsTests {
  private let locations = DataLocations(environment: { _ in nil })

  @Test(arguments: [
    (
      28, "5fe6706f90420f50c1a6e9f001e04f28130fb63935a1c649bc652a31c7db13db",
      "7521a1dd385e19e4926a7ca08aa0be46a2ce8d15317fd8f03fd9cd7d30c426ae"
    ),
    (
      17, "f89f7c103dac993deeb211577e8c7aa56915a75625616c41f157772a1d955e34",
      "e138b07a4a23dd70eb8f0a4deb14722646436edcb2dd5f321ae0f1b98f78cb13"
    ),
  ])
  func `are the same bytes on every machine`(size: Int, training: String, test: String) throws {
    #expect(
      try load(training: 300, test: 100, size: size).digest
        == DataDigest(
          imageShape: [size, size, 1],
          training: .init(
            count: 300, pixels: training,
            labels: "62d2854dcbec6ce9740b076e13a9f0d0513f6877c2219acaacdae09cc0affdf3"),
          test: .init(
            count: 100, pixels: test,
            labels: "db5537a06d79a86d76e2378e2eb813aed965f20cb872ef31b40b6cb6bb50d405")))
  }

  @Test func `are what the summary says`() throws {
    let dataset = try load(training: 30, test: 20, size: 20)
    #expect(dataset.training.images.count == 30 * 20 * 20)
    #expect(dataset.test?.images.count == 20 * 20 * 20)
    var digits = SyntheticDigits()
    (digits.training, digits.test, digits.size) = (30, 20, 20)
    // Classes included, so that what they make impossible is told before any image is drawn.
    #expect(digits.summarize(in: locations) == dataset.summary)
  }

  private func load(training: Int, test: Int, size: Int) throws -> LoadedDataset {
    var digits = SyntheticDigits()
    (digits.training, digits.test, digits.size) = (training, test, size)
    return try digits.load(from: locations)
  }
}
