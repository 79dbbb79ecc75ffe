import CKernels
import Foundation
import OneDNNBackend
import Testing

/// The limit that `with_each_instruction_set.sh` sets, without which its runs would all be the same.
@Suite struct InstructionSetTests {
  private static let limit =
    ["ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA"]
    .lazy.compactMap { ProcessInfo.processInfo.environment[$0]?.uppercased() }.first

  @Test func `the library and our own kernels use the same instructions`() {
    let own = exp_vector_instructions()
    let library = OneDNNLibrary.instructionSet
    print("instruction set: \(library) in the library, \(own.name) in our own kernels")
    #if arch(x86_64)
      switch library {
      case "sse4.1", "avx": #expect(own == EXP_BASELINE)
      case "avx2", "avx2-vnni", "avx2-vnni-2": #expect(own == EXP_AVX2)
      default: #expect(own == EXP_AVX512)
      }
    #endif
  }

  @Test(.enabled(if: limit != nil, "ONEDNN_MAX_CPU_ISA is not set"))
  func `neither uses more than it is allowed`() {
    switch Self.limit {
    case "SSE41":
      #expect(OneDNNLibrary.instructionSet == "sse4.1")
      #expect(exp_vector_instructions() == EXP_BASELINE)
    case "AVX":
      #expect(OneDNNLibrary.instructionSet == "avx")
      #expect(exp_vector_instructions() == EXP_BASELINE)
    case "AVX2":
      #expect(OneDNNLibrary.instructionSet == "avx2")
      #expect(exp_vector_instructions() == EXP_AVX2)
    default: break
    }
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
