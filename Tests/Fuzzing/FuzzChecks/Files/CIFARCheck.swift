import Datasets

/// What must hold for a file of CIFAR-10's records.
struct CIFARCheck: FileCheck {
  let seed = SeedFolder.catalogue.path(of: "data_batch.bin")
  private let file = temporaryFolder() + "/data_batch.bin"

  func check(_ bytes: [UInt8]) {
    let plain = read(bytes)
    guard !isGzip(bytes) else { return }
    if let plain { precondition(records(of: plain) == bytes, "other bytes are read") }
    precondition(read(gzip(bytes))?.labels == plain?.labels, "gzipped, it is something else")

    func read(_ contents: [UInt8]) -> LabelledImages? {
      write(contents, to: file)
      return reporting {
        try CIFARFile.read([file], classCount: 10, count: bytes.count / 3073)
      }
    }
  }

  /// The bytes of a file with these images.
  private func records(of images: LabelledImages) -> [UInt8] {
    images.labels.enumerated().flatMap { index, label in
      let pixels = Array(images.images.bytes)[index * 3072..<(index + 1) * 3072]
      let planes = (0..<3).flatMap { channel in
        (0..<1024).map { pixels[pixels.startIndex + 3 * $0 + channel] }
      }
      return [label] + planes
    }
  }
}
