import Testing

/// Data on which finished runs of the stripes are scored.
extension Workplace {
  /// Writes `other.yaml`, with the test images of the stripes, each called the next class.
  func writeOtherData() throws {
    for name in Stripes.names { try write(bytes("data/\(name)"), to: "other/\(name)") }
    try write(
      Stripes.idx([30], (0..<30).map { UInt8(($0 + 1) % 3) }), to: "other/t10k-labels-idx1-ubyte")
    try write("data: {dataset: {type: idx, path: other}}\n", to: "other.yaml")
  }

  /// The classes that the run or evaluation in `folder` took the images for, from the file that it wrote.
  func predicted(by folder: String) throws -> [Int] {
    try text("\(folder)/predictions.csv").split(separator: "\n").dropFirst().compactMap {
      Int($0.split(separator: ",")[2])
    }
  }
}

extension String {
  /// The words of each line.
  var rowsOfWords: [[String]] {
    split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  }
}
