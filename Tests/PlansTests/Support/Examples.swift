import Documents
import ExperimentExamples
import Specs

extension Vocabulary {
  /// The examples of all sections and members.
  var allExamples: [PlainValue] {
    sections.map(\.example)
      + families.flatMap { family in family.catalog.all.map { family.example(of: $0) } }
  }
}
