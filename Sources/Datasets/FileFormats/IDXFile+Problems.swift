extension DatasetError.Problem {
  package static let missing = Self(
    "no such file or folder",
    hint:
      "a relative path starts at the folder of the YAML file; '--data-dir FOLDER' looks for it by its name in another folder"
  )

  package static func wrongMagicNumber(found: UInt32, expected: IDXContent) -> Self {
    Self(
      "not an IDX file of \(expected.rawValue): it starts with \(hexadecimal(found)), expected "
        + expected.magicNumbers.map(hexadecimal).joined(separator: " or "),
      hint: found == expected.other.magicNumbers[0]
        ? "these are \(expected.other.rawValue): are the image and label files swapped?"
        : "only IDX files of unsigned bytes are read, plain or gzipped")
  }

  package static func truncated(foundBytes: Int, expectedBytes: Int) -> Self {
    Self(
      "cut short: it holds \(foundBytes) bytes, its header announces \(expectedBytes)",
      hint: .copyAnew)
  }

  package static func oversized(dimensions: [Int]) -> Self {
    let product = dimensions.map(String.init).joined(separator: " × ")
    return Self(
      "its header announces \(product) bytes, more than a file of this size can hold",
      hint: .copyAnew)
  }

  package static func countMismatch(labels: Int, images: Int, imagePath: String) -> Self {
    Self(
      "holds \(labels) labels, but \(imagePath) holds \(images) images",
      hint: "use image and label files that were made together")
  }

  package static func imageSizeMismatch(
    found: String, expected: String, expectedPath: String
  ) -> Self {
    Self(
      "its images are \(found), but those of \(expectedPath) are \(expected)",
      hint: "training and test images must have one size")
  }

  package static func unknownLabel(label: Int, index: Int) -> Self {
    Self(
      "label \(label) of image \(index) is not among the classes of the training images",
      hint: "labels count from 0, and each class needs images to train on")
  }
}

private func hexadecimal(_ number: UInt32) -> String {
  let digits = String(number, radix: 16)
  return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
}
