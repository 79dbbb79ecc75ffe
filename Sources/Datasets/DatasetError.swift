import Diagnostics
import Tensors
import TextLayout

/// Data that is missing, unreadable or not what it should be: which file, what is wrong with it,
/// and a way out.
package struct DatasetError: Error, Equatable, Sendable {
  /// The file or folder in question; where it would be, if it is missing.
  package let path: String
  /// The kind of defect.
  package let problem: Problem

  /// A defect of data. Each kind is a static member, beside the format that can have it.
  package struct Problem: Equatable, Sendable {
    /// The defect in one line that does not repeat the path.
    package let message: String
    /// Advice for the user.
    package let hint: String
    /// The status that the command ends with.
    package let exitStatus: ExitStatus

    package init(_ message: String, hint: String, exitStatus: ExitStatus = .inputMissing) {
      self.message = message
      self.hint = hint
      self.exitStatus = exitStatus
    }

    /// The same defect with other advice.
    func advising(_ hint: String) -> Self { Self(message, hint: hint, exitStatus: exitStatus) }
  }

  /// An error about the file or folder `path`; what is nowhere has none.
  package init(_ path: String, _ problem: Problem) {
    self.path = path
    self.problem = problem
  }

  /// The defect in one line that does not repeat the path.
  package var message: String { problem.message }

  /// Advice for the user.
  package var hint: String { problem.hint }

  /// Throws unless there is memory for `byteCount` bytes of the dataset or file `path`.
  static func requireMemory(_ byteCount: Int, for path: String) throws(DatasetError) {
    guard FreeMemory.hasRoom(for: byteCount) else {
      throw DatasetError(path, .tooLarge(byteCount: byteCount))
    }
  }
}

extension DatasetError.Problem {
  package static func unreadable(
    reason: String, hint: String = "check the permissions of the file and of the folders above it"
  ) -> Self {
    Self("cannot be read: \(reason)", hint: hint)
  }

  static let notRegular = unreadable(
    reason: "not a regular file", hint: "of a pipe or a device make a file first")
  static let noMemory = unreadable(
    reason: "out of memory", hint: "end other programs, or give it a machine with more")

  package static func trailingBytes(expectedBytes: Int) -> Self {
    Self(
      "goes on after the \(expectedBytes) bytes that it should have", hint: .copyAnew)
  }

  package static func damagedGzip(reason: String) -> Self {
    Self("damaged gzip stream: \(reason)", hint: .copyAnew)
  }

  package static let empty = Self(
    "holds no images", hint: "a dataset needs at least one image")

  package static let tooFewClasses = Self(
    "all training images are of one class; at least 2 are needed",
    hint: "labels count from 0, and each class needs images to train on")

  package static func tooLarge(byteCount: Int) -> Self {
    Self(
      "no memory for its \(byteCount.bytesInWords) of images or labels",
      hint: "give the process more memory (see 'ulimit -v'), or use fewer images",
      exitStatus: .runFailed)
  }
}

extension String {
  /// The advice for a damaged file.
  static let copyAnew = "copy or download the file anew"
}

extension DatasetError: CustomStringConvertible {
  /// The message as the command prints it: `path: error: message`, then the hint.
  package var description: String {
    "\(path.isEmpty ? "" : "\(path): ")error: \(message)\nhint: \(hint)"
  }
}

extension DatasetError: ReportableError {
  package var exitStatus: ExitStatus { problem.exitStatus }

  package func rendered(color: Bool, width: Int?) -> String { description }
}
