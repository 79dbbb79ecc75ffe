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

  /// The library's name for each limit that it knows in all its versions, and the most that our kernels may use.
  private static let meanings: [String: (library: String, own: exp_instructions)] = [
    "SSE41": ("sse4.1", EXP_BASELINE), "AVX": ("avx", EXP_BASELINE), "AVX2": ("avx2", EXP_AVX2),
    "AVX2_VNNI": ("avx2-vnni", EXP_AVX2), "AVX512_CORE": ("avx512", EXP_AVX512),
    "AVX512_CORE_VNNI": ("avx512-vnni", EXP_AVX512),
    "AVX512_CORE_BF16": ("avx512-bf16", EXP_AVX512),
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

  @Test(.enabled(if: limit.flatMap { meanings[$0] } != nil, "no limit is set that is known"))
  func `both use what a limit allows`() throws {
    let meaning = try #require(Self.limit.flatMap { Self.meanings[$0] })
    #expect(OneDNNLibrary.instructionSet == meaning.library)
    #expect(exp_vector_instructions() == meaning.own)
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
