import FuzzChecks
import Glibc

/// The input is a file; the environment variable `FUZZ_FILE` says which.
@main enum FuzzFiles {
  // All inputs are given by one thread.
  nonisolated(unsafe) private static let check = fileCheck(
    of: getenv("FUZZ_FILE").map { String(cString: $0) } ?? "")

  static func main() {
    fuzz(seed: check.seed) { bytes, count in
      FuzzFiles.check.check(Array(UnsafeBufferPointer(start: bytes, count: count)))
      return 0
    }
  }
}
