import Diagnostics
import Glibc
import Specs

/// Numbers to draw from, as a sweep declares them.
package protocol DistributionSpec: Spec {
  var min: Double { get }
  /// The place of `min`.
  var minLocation: Location? { get }
  var max: Double { get }
  /// The number at a part of the way through the distribution, from 0 to below 1, as a spec has it.
  func text(at fraction: Double) -> String
}

extension DistributionSpec {
  package static var otherKeys: OtherNames {
    [
      "min": ["minimum", "low", "lower"],
      "max": ["maximum", "high", "upper"],
    ]
  }

  package static var foreignKeys: [String: String] { ["log": "'log_uniform' draws so"] }

  package func validate(_ diagnostics: inout Diagnostics) {
    guard min >= max else { return }
    diagnostics.error(
      .reversedLimits, "'min' must be less than 'max'", at: minLocation)
  }
}

extension Double {
  /// The number as a spec has it, to six digits: a reader can type it, and no library's last bit decides it.
  var inSixDigits: String {
    guard self != 0 else { return "0" }
    let scale = pow(10, 5 - log10(abs(self)).rounded(.down))
    let rounded = scale.isFinite ? (self * scale).rounded() / scale : self
    return Int(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
  }
}

/// Every distribution that a sweep may name.
package enum DistributionCatalog: Catalog {
  package typealias Member = any DistributionSpec
  package static let noun = "distribution"
  package static var foreignNames: [String: String] {
    let list = "a list has the values, as in 'optimizer.learning_rate: [0.1, 0.01]'"
    return [
      "categorical": list, "choice": list, "grid_search": list,
      "float": "'uniform', or 'log_uniform' in place of Optuna's 'log: true'",
    ]
  }
  package static let all: [any Spec.Type] = [Uniform.self, LogUniform.self, IntUniform.self]
}
