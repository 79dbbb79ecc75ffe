/// The names of evaluations on other data: that of the YAML file which declares the images, without its ending, and a
/// mark if the last weights are scored.
package enum EvaluationName {
  /// The end of the name if the weights after the last epoch are scored.
  package static let lastWeights = "-last"

  /// The name of the evaluation that `file`, which is no path, declares, for the best weights.
  package static func stem(of file: String) -> String {
    let ending = [".yaml", ".yml"].first(where: file.hasSuffix) ?? ""
    return String(file.dropLast(ending.count))
  }
}
