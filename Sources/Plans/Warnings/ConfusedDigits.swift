import Datasets
import Diagnostics

/// Augmentation that makes other digits of digits.
enum ConfusedDigits: WarningRule {
  static func check(_ plan: CheckedPlan, _ diagnostics: inout Diagnostics) {
    guard let data = plan.sections.data, type(of: data.dataset.value).showsDigits else { return }
    AugmentationCatalog.warnOfConfusion(in: plan.sections.augmentation, &diagnostics)
  }
}
