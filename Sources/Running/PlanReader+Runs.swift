import Diagnostics
import Files
import Plans
import Records

extension PlanReader {
  /// The plan of the run in `folder`. Throws `Diagnostics` if its resolved spec is damaged, and
  /// `DatasetError`, `StorageError`, `DamagedFileError`.
  func plan(of folder: RunFolder) throws -> ExperimentPlan {
    var diagnostics = Diagnostics()
    let source = SourceFile(
      path: folder.path(of: .resolved), text: try folder.text(of: .resolved))
    guard let plan = try read(source, &diagnostics).first else { throw diagnostics }
    guard plan.cell == nil else {
      throw DamagedFileError(path: source.path, reason: "a run has no sweep")
    }
    return plan
  }
}
