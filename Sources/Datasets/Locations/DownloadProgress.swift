import Files
import Glibc

/// A line on the terminal that says how far a download has come.
struct DownloadProgress {
  private let total: Int
  private let isVisible = isatty(STDERR_FILENO) == 1
  private var next = ContinuousClock.now

  /// A download of `total` bytes.
  init(total: Int) { self.total = total }

  /// Says that `byteCount` bytes are there, at most ten times in a second.
  mutating func show(_ byteCount: Int) {
    guard isVisible, ContinuousClock.now >= next else { return }
    next = .now + .milliseconds(100)
    write("\r\u{1B}[K\(inMegabytes(byteCount)) of \(inMegabytes(total)) MB")
  }

  /// Removes the line.
  func clear() {
    if isVisible { write("\r\u{1B}[K") }
  }

  /// Progress that cannot be shown is no reason to stop.
  private func write(_ text: String) { _ = Storage.writeAll(Array(text.utf8), to: STDERR_FILENO) }
}

/// `26.4`: `byteCount` in millions, with one decimal place.
func inMegabytes(_ byteCount: Int) -> String {
  let tenths = byteCount / 100_000 + (byteCount % 100_000 >= 50_000 ? 1 : 0)
  return "\(tenths / 10).\(tenths % 10)"
}
