import Datasets
import TextLayout

extension TestSet {
  /// Prints its warnings, and what a user should know about its images.
  func printNotes() {
    if !warnings.all.isEmpty { Console.report(warnings) }
    notes.forEach(Console.note)
    if isWholeDataset {
      Console.note("the whole dataset is scored, \(counted(count, "image"))")
    }
  }
}
