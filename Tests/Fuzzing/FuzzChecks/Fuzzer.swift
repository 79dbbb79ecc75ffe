import Glibc

/// What libFuzzer calls for each input; -1 keeps an input out of the corpus.
package typealias FuzzTarget =
  @convention(c) (_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ argumentCount: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ target: FuzzTarget
) -> CInt

/// Gives inputs to `target` as the command line says, then ends the program.
package func fuzz(_ target: FuzzTarget) -> Never {
  var count = CommandLine.argc
  var arguments = CommandLine.unsafeArgv
  exit(runDriver(&count, &arguments, target))
}

/// Gives the text that the bytes are to `check`; -1 if they are no text.
package func withText(
  _ bytes: UnsafePointer<UInt8>?, _ count: Int, _ check: (String) -> Void
) -> CInt {
  let buffer = UnsafeBufferPointer(start: bytes, count: count)
  guard let text = String(validating: buffer, as: UTF8.self) else { return -1 }
  check(text)
  return 0
}
