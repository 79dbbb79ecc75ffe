import Datasets
import Diagnostics
import Specs

extension PlanReader {
  /// The section `data` of the file at `path`, which may have nothing else; nil if it has mistakes, which are then
  /// reported.
  package func data(of path: String, _ diagnostics: inout Diagnostics) -> DataSpec? {
    guard let file = SpecFile.read(path, &diagnostics) else { return nil }
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
}
