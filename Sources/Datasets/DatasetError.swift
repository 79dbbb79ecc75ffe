import Diagnostics
import Tensors

/// Data that is missing, unreadable or not what it should be: which file, what is wrong with it,
/// and a way out.
package struct DatasetError: Error, Equatable, Sendable {
  /// The file or folder in question; where it would be, if it is missing.
  package let path: String
  /// The kind of defect.
  package let problem: Problem

  /// The defects that data can have.
  package enum Problem: Equatable, Sendable {
    case missing
    case unreadable(reason: String)
    case unwritable(reason: String)
    case wrongMagicNumber(found: UInt32, expected: IDXContent)
    case truncated(foundBytes: Int, expectedBytes: Int)
    case trailingBytes(expectedBytes: Int)
    case oversized(dimensions: [Int])
    case damagedGzip(reason: String)
    case empty
    case countMismatch(labels: Int, images: Int, imagePath: String)
    case imageSizeMismatch(found: String, expected: String, expectedPath: String)
    case unknownLabel(label: Int, index: Int)
    case tooFewClasses
    case wrongChecksum(found: String, expected: String)
    case tooLarge(byteCount: Int)
    case notAvailable(dataset: String, files: [String], folders: [String], attempts: [String])
  }

  /// An error about the file or folder `path`.
  package init(_ path: String, _ problem: Problem) {
    self.path = path
    self.problem = problem
  }

  /// Throws unless there is memory for `byteCount` bytes of the dataset or file `path`.
  static func requireMemory(_ byteCount: Int, for path: String) throws(DatasetError) {
    guard FreeMemory.hasRoom(for: byteCount) else {
      throw DatasetError(path, .tooLarge(byteCount: byteCount))
    }
  }
}

extension DatasetError {
  /// The defect in one line that does not repeat the path.
  package var message: String {
    switch problem {
    case .missing: "no such file or folder"
    case .unreadable(let reason): "cannot be read: \(reason)"
    case .unwritable(let reason): "cannot be written: \(reason)"
    case .wrongMagicNumber(let found, let expected):
      "not an IDX file of \(expected.rawValue): it starts with \(hexadecimal(found)), expected "
        + expected.magicNumbers.map(hexadecimal).joined(separator: " or ")
    case .truncated(let found, let expected):
      "cut short: it holds \(found) bytes, its header announces \(expected)"
    case .trailingBytes(let expected):
      "goes on after the \(expected) bytes that it should have"
    case .oversized(let dimensions):
      "its header announces \(product(dimensions)) bytes, more than a file of this size can hold"
    case .damagedGzip(let reason): "damaged gzip stream: \(reason)"
    case .empty: "holds no images"
    case .countMismatch(let labels, let images, let imagePath):
      "holds \(labels) labels, but \(imagePath) holds \(images) images"
    case .imageSizeMismatch(let found, let expected, let expectedPath):
      "its images are \(found), but those of \(expectedPath) are \(expected)"
    case .unknownLabel(let label, let index):
      "label \(label) of image \(index) is not among the classes of the training images"
    case .tooFewClasses: "all training images are of one class; at least 2 are needed"
    case .wrongChecksum(let found, let expected):
      "wrong contents: the SHA-256 of its decompressed bytes is \(found), expected \(expected)"
    case .tooLarge(let byteCount):
      "no memory for its \(byteCount >> 20) MiB of images or labels"
    case .notAvailable(let dataset, _, _, let attempts):
      (["dataset '\(dataset)' is not on this machine and could not be downloaded"] + attempts)
        .joined(separator: "\n  ")
    }
  }

  /// Advice for the user.
  package var hint: String {
    switch problem {
    case .missing:
      "the folder needs " + IDXFileSet.names.joined(separator: ", ")
        + ", plain or with .gz; a relative path starts at the folder of the YAML file; '--data-dir FOLDER' looks for it by its name in another folder"
    case .unreadable: "check the permissions of the file and of the folders above it"
    case .unwritable: "check the permissions and the free space, or choose another folder"
    case .wrongMagicNumber(let found, let expected):
      found == expected.other.magicNumbers[0]
        ? "these are \(expected.other.rawValue): are the image and label files swapped?"
        : "only IDX files of unsigned bytes are read, plain or gzipped"
    case .truncated, .trailingBytes, .oversized, .damagedGzip:
      "copy or download the file anew"
    case .empty: "a dataset needs at least one training and one test image"
    case .countMismatch: "use image and label files that were made together"
    case .imageSizeMismatch: "training and test images must have one size"
    case .unknownLabel, .tooFewClasses:
      "labels count from 0, and each class needs images to train on"
    case .wrongChecksum: "delete the file to have it downloaded anew, or copy it again"
    case .tooLarge: "give the process more memory (see 'ulimit -v'), or use fewer images"
    case .notAvailable(let dataset, let files, let folders, _):
      "put " + files.joined(separator: ", ") + " (plain or with .gz) into one of\n"
        + folders.map { "  \($0)/\(dataset)\n" }.joined()
        + "or try the built-in data, which needs no files: "
        + "exp run experiments/synthetic-quickstart.yaml"
    }
  }
}

extension DatasetError: CustomStringConvertible {
  /// The message as the command prints it: `path: error: message`, then the hint. What is nowhere
  /// has no path.
  package var description: String {
    if case .notAvailable = problem { return "error: \(message)\nhint: \(hint)" }
    return "\(path): error: \(message)\nhint: \(hint)"
  }
}

private func product(_ dimensions: [Int]) -> String {
  dimensions.map(String.init).joined(separator: " × ")
}

private func hexadecimal(_ number: UInt32) -> String {
  let digits = String(number, radix: 16)
  return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
}

extension DatasetError: ReportableError {
  package var exitStatus: ExitStatus {
    switch problem {
    case .unwritable: .inputOutput
    case .tooLarge: .runFailed
    default: .inputMissing
    }
  }

  package func rendered(color: Bool) -> String { description }
}
