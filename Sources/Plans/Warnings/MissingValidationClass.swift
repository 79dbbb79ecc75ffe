import Datasets
import Diagnostics

/// Classes on which validation says nothing.
enum MissingValidationClass: WarningRule {
  static func check(_ plan: CheckedPlan, _ diagnostics: inout Diagnostics) {
    guard let section = plan.sections.data, let data = plan.data, let split = plan.split,
      split.validation > 0
    else { return }
    let missing: String
    if split.validation < data.classCount {
      missing =
        "there \(split.validation == 1 ? "is 1 image" : "are \(split.validation) images") to "
        + "validate on, but \(data.classCount) classes"
    } else {
      let names = section.classesWithoutValidation(in: data)
      guard !names.isEmpty else { return }
      missing = "no image to validate on is of " + listed(names, most: 5)
    }
    diagnostics.warning(
      .missingValidationClass, missing, at: section.$validation.location,
      hint: "val_ scores say nothing of such classes: hold more images out, or of each class")
  }
}
