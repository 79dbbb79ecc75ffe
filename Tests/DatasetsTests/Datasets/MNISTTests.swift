import Datasets
import Foundation
import Tensors
import Testing

private let dataFolder = ProcessInfo.processInfo.environment["EXP_DATA_DIR"] ?? ""
private let hasMNIST = FileManager.default.fileExists(atPath: "\(dataFolder)/mnist")

struct MNISTTests {
  @Test func `its shape and classes are known without files`() {
    let summary = MNIST().summarize(in: DataLocations(environment: { _ in nil }))
    #expect(summary.imageShape == ImageShape(height: 28, width: 28, channels: 1))
    #expect(summary.classCount == 10)
  }

  @Test(.enabled(if: hasMNIST, "needs the real MNIST in $EXP_DATA_DIR/mnist"))
  func `the real files are read, and are what the summary says`() throws {
    let locations = DataLocations(environment: { $0 == "EXP_DATA_DIR" ? dataFolder : nil })
    let dataset = try MNIST().load(from: locations)
    let summary = MNIST().summarize(in: locations)
    #expect(dataset.imageShape == summary.imageShape)
    #expect(dataset.classCount == summary.classCount)
    #expect(dataset.training.count == summary.trainingCount)
    let test = try #require(dataset.test)
    #expect(test.count == summary.testCount)
    #expect(try dataset.digest == MNIST().digest(in: locations))
    #expect(dataset.digest.training == DataDigest.Part(dataset.training))
    #expect(dataset.digest.test == DataDigest.Part(test))
    #expect(Array(dataset.training.labels.prefix(8)) == [5, 0, 4, 1, 9, 2, 1, 3])
    #expect(Array(test.labels.prefix(8)) == [7, 2, 1, 0, 4, 1, 4, 9])
    let sum = dataset.training.images.reduce(0) { $0 + Int($1) }
    // Mean 0.1307, as everybody who normalizes MNIST writes.
    #expect(abs(Double(sum) / Double(dataset.training.images.count) / 255 - 0.1307) < 0.00005)
  }
}
