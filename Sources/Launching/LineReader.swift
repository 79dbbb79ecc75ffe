import ChildPrograms
import Glibc

/// Reads lines from a pipe as they arrive.
struct LineReader {
  private let pipe: Pipe.End
  /// True if the pipe has no writer any more.
  private var isAtEnd = false
  /// The beginning of an incomplete line.
  private var rest: [UInt8] = []

  private static let chunk = 1 << 16

  /// A reader of `pipe`, which becomes non-blocking.
  init(_ pipe: Pipe.End) {
    self.pipe = pipe
    _ = fcntl(pipe.descriptor, F_SETFL, O_NONBLOCK)
  }

  /// The descriptor to wait on for lines; nil if no more can arrive.
  var descriptor: Int32? { isAtEnd ? nil : pipe.descriptor }

  /// The lines that have arrived; with `toEnd`, a last line without an end too.
  mutating func lines(toEnd: Bool) -> [String] {
    while readChunk(), toEnd {}
    var lines = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let last = lines.removeLast()
    let isOver = toEnd || isAtEnd
    if isOver, !last.isEmpty { lines.append(last) }
    let texts = lines.map { String(decoding: $0, as: UTF8.self) }
    rest = isOver ? [] : Array(last)
    return texts
  }

  /// Reads the available bytes; returns true if there may be more.
  private mutating func readChunk() -> Bool {
    guard !isAtEnd else { return false }
    var buffer = [UInt8](repeating: 0, count: Self.chunk)
    let count = read(pipe.descriptor, &buffer, buffer.count)
    if count > 0 { rest += buffer[..<count] }
    if count == 0 || count < 0 && ![EINTR, EAGAIN].contains(errno) { isAtEnd = true }
    return count > 0 || count < 0 && errno == EINTR
  }
}
