import Datasets
import TextLayout

extension TestSet {
  /// Prints its warnings, and what a user should know about its images.
  func printNotes() {
    if !warnings.all.isEmpty { Console.error(warnings.rendered(color: Console.hasColor)) }
    notes.forEach(Console.note)
    if isWholeDataset {
      Console.note("the whole dataset is scored, \(counted(count, "image"))")
    }
  }
}
