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

/// Gives inputs to `target` as the command line says, then ends the program. They start with the file `seed`.
package func fuzz(seed: String? = nil, _ target: FuzzTarget) -> Never {
  let words = CommandLine.arguments + (seed.map { ["-seed_inputs=\($0)"] } ?? [])
  var count = CInt(words.count)
  let arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
    capacity: words.count + 1)
  arguments.initialize(repeating: nil, count: words.count + 1)
  for (place, word) in words.enumerated() { arguments[place] = strdup(word) }
  var start = arguments
  exit(runDriver(&count, &start, target))
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
