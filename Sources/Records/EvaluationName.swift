import Diagnostics
import Files
import TextLayout

/// The name of an evaluation on other data: that of the YAML file which declares the images, without its ending, and a
/// mark if the last weights are scored.
package struct EvaluationName: Hashable, Sendable {
  /// The end of the name if the weights after the last epoch are scored.
  package static let lastWeights = "-last"

  /// The name as folders have it.
  package let text: String

  /// The name of the evaluation of the images that the file at the path `file` declares.
  package init(file: String, isOfLastWeights: Bool) throws(EvaluationNameError) {
    let name = Storage.name(of: file)
    if let type = ["npz", "csv"].first(where: { name.lowercased().hasSuffix(".\($0)") }) {
      throw EvaluationNameError(file: file, .isData(type: type))
    }
    let stem = Self.stem(of: name)
    text = isOfLastWeights ? stem + Self.lastWeights : stem
    guard ExperimentName.isValid(text) else {
      throw EvaluationNameError(file: file, .isInvalid(text))
    }
    guard !stem.hasSuffix(Self.lastWeights) else {
      throw EvaluationNameError(file: file, .meansLastWeights)
    }
  }

  /// The name of the evaluation that `file`, which is no path, declares, for the best weights.
  package static func stem(of file: String) -> String {
    let ending = [".yaml", ".yml"].first(where: file.lowercased().hasSuffix) ?? ""
    return String(file.dropLast(ending.count))
  }
}

/// The error that a file cannot name an evaluation.
package struct EvaluationNameError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The reasons why a file cannot.
  package enum Reason: Hashable, Sendable {
    /// It has images of this type of dataset, and does not declare them.
    case isData(type: String)
    /// This would be the name.
    case isInvalid(String)
    case meansLastWeights
  }

  /// The file's path.
  package let file: String
  package let reason: Reason

  init(file: String, _ reason: Reason) {
    self.file = file
    self.reason = reason
  }

  package var description: String {
    let (file, name) = (
      file.withoutControlCharacters, Storage.name(of: file).withoutControlCharacters
    )
    return switch reason {
    case .isData(let type):
      "'--data' takes a YAML file that declares the images; '\(file)' is none\n"
        + "hint: write 'data: {dataset: {type: \(type), path: \(name)}}' into one beside it"
    case .isInvalid(let text):
      "\(name.quoted) names the evaluation \(text.quoted), which \(ExperimentName.rule)\n"
        + "hint: rename the file"
    case .meansLastWeights:
      "'\(file)' names the evaluation, and '\(EvaluationName.lastWeights)' at its end means '--weights last'\n"
        + "hint: rename the file"
    }
  }
}

extension EvaluationNameError: ReportableError {
  package var exitStatus: ExitStatus { .usage }
}
