import CKernels
import Foundation
import OneDNNBackend
import Testing

/// The limit that `with_each_instruction_set.sh` sets, without which its runs would all be the same.
@Suite struct InstructionSetTests {
  private static let limit =
    ["ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA"]
    .lazy.compactMap { ProcessInfo.processInfo.environment[$0]?.uppercased() }
    .first { !$0.isEmpty }

  /// The library's names for the limits that it knows in all its versions, from the least to the best.
  private static let names: KeyValuePairs = [
    "SSE41": "sse4.1", "AVX": "avx", "AVX2": "avx2", "AVX2_VNNI": "avx2-vnni",
    "AVX512_CORE": "avx512", "AVX512_CORE_VNNI": "avx512-vnni", "AVX512_CORE_BF16": "avx512-bf16",
  ]

  @Test func `our own kernels use no more than the library`() {
    let (own, library) = (exp_vector_instructions(), OneDNNLibrary.instructionSet)
    print("instruction set: \(library) in the library, \(own.name) in our own kernels")
    switch library {
    case "sse4.1", "avx": #expect(own == EXP_BASELINE)
    case "avx2", "avx2-vnni", "avx2-vnni-2": #expect(own != EXP_AVX512)
    default: break
    }
  }

  @Test(.enabled(if: names.contains { $0.key == limit }, "no limit is set that is known"))
  func `the library uses no more than a limit allows`() throws {
    let limit = try #require(Self.names.firstIndex { $0.key == Self.limit })
    let used = try #require(
      Self.names.firstIndex { $0.value == OneDNNLibrary.instructionSet },
      "\(OneDNNLibrary.instructionSet)")
    #expect(used <= limit)
  }
}

extension exp_instructions {
  fileprivate var name: String {
    switch self {
    case EXP_AVX512: "avx512"
    case EXP_AVX2: "avx2"
    default: "baseline"
    }
  }
}
