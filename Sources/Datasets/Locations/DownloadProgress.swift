import Files
import Glibc
import TextLayout

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
    write("\r\u{1B}[K\(byteCount.bytesInWords) of \(total.bytesInWords)")
  }

  /// Removes the line.
  func clear() {
    if isVisible { write("\r\u{1B}[K") }
  }

  /// Progress that cannot be shown is no reason to stop.
  private func write(_ text: String) { _ = Storage.writeAll(Array(text.utf8), to: STDERR_FILENO) }
}
