import Files
import Foundation
import Glibc
import Records
import Testing

/// Does to folders of runs what people do to them, at random but the same for the same seed.
struct Hands {
  private let runs: RunsExample
  private var state: UInt64
  private var count = 0

  init(runs: RunsExample, seed: UInt64) {
    (self.runs, state) = (runs, seed &* 0x9E37_79B9_7F4A_7C15 | 1)
  }

  /// Does something, and says what.
  mutating func doSomething() throws -> String {
    count += 1
    let folders = RunCatalog(paths: [runs.root.path]).runs.map(\.folder)
    guard folders.count > 1 else {
      try runs.addRun("new", seed: count, started: 2_000_000 + count)
      return "a new run"
    }
    let (one, other) = (folders[draw(folders.count)], folders[draw(folders.count)])
    let present = [RunFile.manifest, .results, .values].filter {
      one.contains($0) && other.contains($0)
    }
    guard !present.isEmpty else { return "nothing" }
    let file = present[draw(present.count)]
    let path = one.path(of: file)
    let files = FileManager.default
    switch draw(12) {
    case 0:
      try runs.addRun("new", seed: count, started: 2_000_000 + count)
      return "a new run"
    case 1:
      try files.removeItem(atPath: one.path)
      return "deleting \(one.name)"
    case 2:
      try files.moveItem(atPath: one.path, toPath: runs.root.path + "/moved-\(count)")
      return "moving \(one.name)"
    case 3:
      try files.copyItem(atPath: one.path, toPath: runs.root.path + "/copied-\(count)")
      return "copying \(one.name)"
    case 4:
      let between = runs.root.path + "/.between"
      for (from, to) in [(one.path, between), (other.path, one.path), (between, other.path)]
      where one.path != other.path {
        try files.moveItem(atPath: from, toPath: to)
      }
      return "exchanging \(one.name) and \(other.name)"
    case 5:
      try one.write(try Storage.readText(other.path(of: file)), to: file)
      return "copying \(file.rawValue) of \(other.name) over that of \(one.name)"
    case 6:
      try runs.remove(file, of: one)
      return "deleting \(file.rawValue) of \(one.name)"
    case 7:
      try files.setAttributes([.modificationDate: Date()], ofItemAtPath: path)
      return "touching \(file.rawValue) of \(one.name)"
    case 8 where one != other:
      try files.removeItem(atPath: path)
      try files.linkItem(atPath: other.path(of: file), toPath: path)
      return "a hard link to \(file.rawValue) of \(other.name) in \(one.name)"
    case 9:
      try Storage.write(try Storage.read(path) + Array("}".utf8), to: path)
      return "damaging \(file.rawValue) of \(one.name)"
    default:
      try changeADigit(of: path)
      return "a digit in \(file.rawValue) of \(one.name), in place, with size and time as before"
    }
  }

  /// Changes a digit where it stands, and sets the modification time back.
  private mutating func changeADigit(of path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    var bytes = try Storage.read(path)
    let digits = bytes.indices.filter {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[$0])
    }
    guard !digits.isEmpty else { return }
    bytes[digits[draw(digits.count)]] = UInt8(ascii: "0") + UInt8(draw(10))
    let handle = try #require(FileHandle(forWritingAtPath: path))
    try handle.write(contentsOf: Data(bytes))
    try handle.close()
    let times = [status.st_atim, status.st_mtim]
    guard utimensat(AT_FDCWD, path, times, 0) == 0 else { throw StorageError(.write, path) }
  }

  /// A number below `bound`: a linear congruential generator (Knuth's MMIX).
  private mutating func draw(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
}
