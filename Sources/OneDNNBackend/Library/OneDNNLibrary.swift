internal import COneDNN
import Tensors

/// The oneDNN library that is linked.
package enum OneDNNLibrary {
  /// Its version, such as `2.6.3`.
  package static var version: String {
    var version: [Int32] = [0, 0, 0]
    exp_library_version(&version)
    return version.map(String.init).joined(separator: ".")
  }

  /// The instruction set its kernels are made for on this CPU, such as `avx512-bf16`.
  package static var instructionSet: String { String(cString: exp_instruction_set()) }

  /// The support of this CPU for products in `precision`.
  package static func support(for precision: Precision) -> Precision.Support {
    switch precision {
    case .float32: .full
    case .bfloat16:
      switch exp_bfloat16_support() {
      case EXP_FULL_BFLOAT16: .full
      case EXP_VECTOR_BFLOAT16: .vectors
      case EXP_EMULATED_BFLOAT16: .emulated
      default: .none
      }
    }
  }

  /// Makes kernels that this thread creates or runs use this thread alone.
  static func useOneThread() { exp_use_one_thread() }

  /// While `body` runs, numbers below float32's normal range count as zero on this thread.
  static func flushingDenormals(_ body: () -> Void) {
    let state = exp_flush_denormals()
    defer { exp_restore_denormals(state) }
    body()
  }
}
