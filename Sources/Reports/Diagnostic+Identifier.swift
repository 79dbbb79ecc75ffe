import Diagnostics

extension Diagnostic.Identifier {
  // Columns and filters
  package static let unknownColumn = Self("unknownColumn", exitStatus: .usage)
  package static let unknownEvaluation = Self("unknownEvaluation", exitStatus: .usage)
  package static let filterSyntax = Self("filterSyntax", exitStatus: .usage)
}
