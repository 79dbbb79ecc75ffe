import Datasets
import Files
import Testing

struct CIFARFileTests {
  private let folder: TestFolder

  /// The files of `cifar.tar.gz`, which NumPy made.
  private let files: [[UInt8]]

  init() throws {
    folder = try TestFolder()
    let archive = try Archive(path: fixture("cifar.tar.gz"))
    var files: [[UInt8]] = []
    while let entry = try archive.next() { files.append(try archive.contents(of: entry)) }
    self.files = files
  }

  @Test func `colours are put side by side as NumPy does it`() throws {
    let digests = [
      "783248d144f3c9bbc2bce7ebf45a66eddf5356d258f97f624e02a529b0c484b9",
      "7757283e78ed9770a77e093ea8333c8ef06c63e28973fbe2e4f378d7fc077b59",
    ]
    for (bytes, digest) in zip(files, digests) {
      let images = try CIFARFile.read(
        [try folder.write(bytes, to: "batch.bin")], classCount: 10, count: 3)
      #expect(DataDigest.Part(images).pixels == digest)
    }
  }

  @Test func `files follow each other, gzipped or not`() throws {
    let images = try CIFARFile.read(
      [
        try folder.write(files[0], to: "a.bin"),
        try folder.write(files[1], to: "b.bin.gz", gzipped: true),
      ], classCount: 10, count: 6)
    #expect(images.labels == [0, 9, 3, 7, 7, 1])
  }

  private func message(_ bytes: [UInt8], classCount: Int = 10, count: Int = 3) throws -> String {
    let path = try folder.write(bytes, to: "bad.bin")
    return try datasetError { try CIFARFile.read([path], classCount: classCount, count: count) }
      .message
  }

  @Test func `damage is told`() throws {
    #expect(
      try message(files[0].dropLast())
        == "its size is no multiple of 3073 bytes, a label and an image of CIFAR-10")
    #expect(
      try message(files[0], classCount: 9)
        == "label 9 of image 1 is not among the classes of the training images")
    for count in [2, 4] {
      #expect(
        try message(files[0], count: count)
          == "does not lead to the \(count) images that there should be")
    }
  }
}
