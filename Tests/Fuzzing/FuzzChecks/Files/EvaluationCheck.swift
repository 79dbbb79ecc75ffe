import Files
import Records
import Reports

/// What must hold for the record of a run's scores on other images, or of the ensemble that they are of, which may
/// contain anything.
struct EvaluationCheck: FileCheck {
  let seed: String
  private let folder = RunFolder(path: SeedFolder.run.copy())
  private let file: String
  private let classNames: [String]

  /// The check of the file `name` of an evaluation.
  init(_ name: String) {
    seed = SeedFolder.run.path(of: "evaluations/other/" + name)
    file = folder.path + "/evaluations/other/" + name
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
      let predictions = reporting({ try evaluation.predictions() }),
      let ensemble = reporting({ try evaluation.ensemble() }).flatMap(\.self)
    else { return false }
    _ = ensemble.text()
    mustSucceed {
      // Texts are compared, since NaN is not equal to itself.
      func written(
        _ evaluation: EvaluationFolder, _ ensemble: EnsembleRecord
      ) throws -> [String] {
        try folder.writeEvaluation(copy, evaluation.record, predictions)
        try folder.writeEnsemble(copy, ensemble)
        return try ["evaluation.json", "ensemble.json"].map {
          try Storage.readText("\(folder.path)/evaluations/\(copy)/\($0)")
        }
      }
      let texts = try written(evaluation, ensemble)
      guard let again = try folder.evaluation(copy, classNames: classNames),
        let ensembleAgain = try again.ensemble()
      else { preconditionFailure("nothing is read back") }
      try again.requireReports()
      let textsAgain = try written(again, ensembleAgain)
      precondition(textsAgain == texts, "something else is read back")
    }
    return true
  }
}
