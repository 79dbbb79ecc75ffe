import Datasets
import Diagnostics
import Specs

extension PlanReader {
  /// The section `data` of the file at `path`, which may have nothing else; nil if it has mistakes, which are then
  /// reported.
  package func data(of path: String, _ diagnostics: inout Diagnostics) -> DataSpec? {
    guard let file = SpecFile.read(path, &diagnostics) else { return nil }
    return data(of: file, &diagnostics)
  }

  /// The same of a file that is read already.
  package func data(of written: SpecFile, _ diagnostics: inout Diagnostics) -> DataSpec? {
    let file = written.setting(overrides, Self.resolver, &diagnostics)
    let tree = Self.interpolated(file.tree, &diagnostics).node
    guard let section = tree["data"] else {
      diagnostics.error(
        .missingKey, "it has no section 'data'", at: tree.location,
        hint: "such as 'data: {dataset: {type: image_folder, path: pictures}}'")
      return nil
    }
    let data = DataSpec.decode(section, &diagnostics)
    return diagnostics.hasErrors ? nil : data
  }

  /// Whether the file declares images and nothing to train on them.
  package func isDataAlone(_ written: SpecFile) -> Bool {
    var unreported = Diagnostics()
    let tree = written.setting(overrides, Self.resolver, &unreported).tree
    guard case .map(let entries) = tree.kind else { return false }
    let keys = Set(entries.map { $0.key.text ?? "" })
    return keys.contains("data")
      && keys.isSubset(of: ["data", "variables", "name", "description"])
  }
}
