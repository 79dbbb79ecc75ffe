internal import CKernels

/// The tools that this `exp` was built with.
enum Toolchain {
  /// `Swift 6.3, Clang 21.0.0 (https://github.com/swiftlang/llvm-project.git 11673e66…), release`.
  static var description: String {
    // Swift's Clang names the commit of its source, which is different for each release of Swift.
    "Swift \(swift), \(String(cString: exp_compiler())), \(build)"
  }

  /// A program can only ask whether its compiler is at least of some version.
  private static var swift: String {
    #if compiler(>=6.4)
      "6.4 or later"
    #elseif compiler(>=6.3)
      "6.3"
    #else
      "6.2"
    #endif
  }

  private static var build: String {
    #if DEBUG
      "debug"
    #else
      "release"
    #endif
  }
}
