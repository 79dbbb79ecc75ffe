import Diagnostics
import Glibc

/// The failure of an operation on a file or folder.
package struct StorageError: Error, Hashable, Sendable {
  /// The kinds of calls that fail.
  package enum Operation: String, Sendable {
    case create, read, write, remove
  }

  /// The call that failed.
  package let operation: Operation
  /// The file or folder.
  package let path: String
  /// The `errno` of the failed call.
  package let code: Int32
  /// The reason why the file was refused although the system would not have.
  let refusal: Refusal?

  /// Reasons to refuse a file.
  package enum Refusal: Hashable, Sendable {
    /// It is a link in a folder whose links are not followed.
    case link
    /// It is a device, a pipe, or the like.
    case special
    /// There is no folder to put it into.
    case noFolder(String)
    /// It has more bytes than it could need.
    case larger(than: Int)
  }

  /// An error with the `errno` of the call that just failed, unless another `code` is given.
  package init(
    _ operation: Operation, _ path: String, code: Int32 = errno, _ refusal: Refusal? = nil
  ) {
    self.operation = operation
    self.path = path
    self.code = code
    self.refusal = refusal
  }

  /// The same error of the file at another `path`.
  package func at(_ path: String) -> StorageError {
    StorageError(operation, path, code: code, refusal)
  }

  /// True if the file or folder isn't there.
  package var isMissing: Bool { code == ENOENT }

  /// True if it says what is at the path, and not what the system lacks or forbids just now.
  package var isLasting: Bool {
    refusal != nil || [ENOENT, ENOTDIR, EISDIR, ELOOP, ENAMETOOLONG].contains(code)
  }
}

extension StorageError: CustomStringConvertible {
  /// `cannot write 'runs/a/history.csv': No space left on device`.
  package var description: String {
    "cannot \(operation.rawValue) '\(path)': \(reason)"
  }

  /// The reason alone: `No space left on device`.
  package var reason: String {
    switch refusal {
    case .link: "it is a link, which is not followed"
    case .special: "it is not a regular file"
    case .noFolder(let folder): "there is no folder '\(folder)'"
    case .larger(let limit): "it has more than \(limit) bytes"
    case nil: String(cString: strerror(code))
    }
  }
}

/// The error that a file can be read, but its contents are invalid.
package struct DamagedFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file.
  package let path: String
  /// The damage, in a few words.
  package let reason: String

  /// The file at `path` is damaged, because of `reason`.
  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// `'runs/a/history.csv' is damaged: line 3 has 4 of 10 values`.
  package var description: String { "'\(path)' is damaged: \(reason)" }
}

extension StorageError: ReportableError {
  package var exitStatus: ExitStatus { operation == .read ? .inputMissing : .inputOutput }
}

extension DamagedFileError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}
