import Datasets
import Tensors
import Testing

struct FingerprintedImagesTests {
  /// Training and test images of two pixels each.
  private func data(training: [[UInt8]], test: [[UInt8]]) throws -> PreparedData {
    func part(_ images: [[UInt8]]) -> LabelledImages {
      LabelledImages(
        images: images.flatMap(\.self), labels: images.indices.map { UInt8($0 % 2) })
    }
    return try DataSpec().prepare(
      LoadedDataset(
        type: "idx", imageShape: ImageShape(height: 1, width: 2, channels: 1),
        classNames: ["a", "b"], training: part(training), test: part(test)))
  }

  @Test func `test images that are trained on are counted, each as often as it occurs`() throws {
    let images: [[UInt8]] = [[1, 2], [3, 4], [5, 6], [1, 2]]
    let shared = try data(training: images, test: [[2, 1], [5, 6], [3, 4], [3, 4], [0, 0]])
    #expect(shared.description.sharedTestCount == 3)
    #expect(try data(training: images, test: [[2, 1], [4, 3]]).description.sharedTestCount == 0)
  }

  @Test func `fingerprints are the beginnings of checksums, which every machine computes alike`()
    throws
  {
    let set = try data(training: [[1, 2], [3, 4], [1, 2]], test: [[0, 0]]).trainingFingerprints
    // printf '\1\2' | sha256sum | cut -c-16; likewise '\3\4'
    let sums: [UInt64] = [0xa128_71fe_e210_fb86, 0x0ce3_940b_ebf2_b22a]
    let bytes: [UInt8] = sums.sorted().flatMap { withUnsafeBytes(of: $0.bigEndian, Array.init) }
    #expect(set.bytes == bytes)
    #expect(FingerprintSet(bytes: set.bytes) == set)
  }

  @Test func `a set that was read back finds the same images`() throws {
    let data = try data(training: [[1, 2], [3, 4]], test: [[3, 4], [9, 9]])
    let set = try #require(FingerprintSet(bytes: data.trainingFingerprints.bytes))
    let test = FingerprintedImages(try #require(data.test))
    #expect(set.count(of: test) == 1)
    #expect(FingerprintSet(FingerprintedImages(data.training)) == set)
  }

  @Test func `bytes that end within a fingerprint are of no set`() throws {
    let bytes = try data(training: [[1, 2], [3, 4]], test: [[0, 0]]).trainingFingerprints.bytes
    #expect(bytes.count == 16)
    #expect(FingerprintSet(bytes: Array(bytes.dropLast())) == nil)
  }
}
