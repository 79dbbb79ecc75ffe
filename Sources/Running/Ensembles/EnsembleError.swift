import Datasets
import Diagnostics
import Tensors

/// Runs whose networks make no ensemble.
package struct EnsembleError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The folders of two of them.
  package let runs: [String]
  /// What differs between the two.
  package let difference: Difference

  /// The things in which the networks of an ensemble agree.
  package enum Difference: Hashable, Sendable {
    case classes([[String]])
    case images([ImageShape])
    /// The same inputs become other images for each.
    case preparation
  }

  package var description: String {
    let reason =
      switch difference {
      case .classes(let names):
        "they have other classes: \(names.map { listed($0, most: 10) }.joined(separator: "; "))"
      case .images(let shapes):
        "they take other images: \(shapes.map(\.description).joined(separator: " and "))"
      case .preparation:
        "their data prepares pictures in other ways, or names other columns of tables"
      }
    return "'\(runs[0])' and '\(runs[1])' make no ensemble: \(reason)"
      + "\nhint: name runs of one experiment, such as its folder"
  }
}

extension EnsembleError: ReportableError {
  package var exitStatus: ExitStatus { .inputMissing }
}
