import ArgumentParser
import Glibc

/// The texts that the system hands to the command.
enum SystemText {
  /// Throws if an argument, or a variable of the environment that names a folder, is not UTF-8.
  ///
  /// Swift would put other characters in the place of such bytes, and a path would silently become another.
  static func check() throws {
    for (place, argument) in CommandLine.words.enumerated() where !isUTF8(argument) {
      throw ValidationError("argument \(place) is not UTF-8: '\(String(cString: argument))'")
    }
    for name in ["EXP_DATA_DIR", "XDG_CACHE_HOME", "HOME", "TMPDIR"] {
      guard let value = getenv(name), !isUTF8(value) else { continue }
      throw ValidationError("the variable \(name) is not UTF-8: '\(String(cString: value))'")
    }
  }

  private static func isUTF8(_ text: UnsafePointer<CChar>) -> Bool {
    String(validatingCString: text) != nil
  }
}

extension CommandLine {
  /// The arguments as they are, the program's name first.
  fileprivate static var words: [UnsafePointer<CChar>] {
    (0..<Int(argc)).compactMap { unsafeArgv[$0].map { UnsafePointer($0) } }
  }
}
