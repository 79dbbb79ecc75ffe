import Files
import Records

/// What must hold for the record of a run's scores on other images, which may contain anything.
struct EvaluationCheck: FileCheck {
  let seed = SeedFolder.run.path(of: "evaluations/other/evaluation.json")
  private let folder = RunFolder(path: SeedFolder.run.copy())
  private let file: String
  private let classNames: [String]

  init() {
    file = folder.path + "/evaluations/other/evaluation.json"
    classNames = mustSucceed { [folder] in try folder.manifest().data.classNames }
    precondition(isReadBack(), "the seed cannot be read")
  }

  func check(_ bytes: [UInt8]) {
    write(bytes, to: file)
    _ = isReadBack()
  }

  /// True if it can be read with its predictions. Checks that it is written and read back the same.
  private func isReadBack() -> Bool {
    let (name, copy) = ("other", "copy")
    guard
      let evaluation = reporting({ try folder.evaluation(name, classNames: classNames) })
        .flatMap(\.self),
      let predictions = reporting({ try evaluation.predictions() })
    else { return false }
    let record = evaluation.record
    mustSucceed {
      try folder.writeEvaluation(
        copy, of: record.images, with: record.weights, scores: record.scores, predictions,
        report: "")
      let again = try folder.evaluation(copy, classNames: classNames)
      precondition(again?.record == record, "something else is read back")
    }
    return true
  }
}
