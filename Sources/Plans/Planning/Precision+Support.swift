import Diagnostics
import Tensors

extension Precision {
  /// Reports that a machine with no more than `support` for it is the wrong one.
  func report(
    _ support: Support, at location: Location?, _ diagnostics: inout Diagnostics
  ) {
    switch support {
    case .full: break
    case .vectors:
      diagnostics.warning(
        .precision,
        "this CPU has instructions for products of vectors in \(rawValue), not of matrices",
        at: location,
        hint: "most networks train faster in float32, for which exp has convolutions of its own: "
          + "compare the time of an epoch")
    case .emulated:
      diagnostics.warning(
        .precision, "this CPU has no instructions for \(rawValue)", at: location,
        hint: "training takes longer than in float32, and comes to what others do in \(rawValue)")
    case .none:
      diagnostics.error(
        .precision, "this CPU cannot compute in \(rawValue)", at: location,
        hint: "leave 'precision' out; on x86 it needs AVX-512")
    }
  }
}
