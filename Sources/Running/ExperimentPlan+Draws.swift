import Datasets
import Diagnostics
import Learning
import Plans

extension ExperimentPlan {
  /// The draws of each epoch from the training images of `data`; nil where each epoch has every image once. Throws a
  /// `Diagnostic` if a class has no images to draw.
  func draws(from data: PreparedData) throws(Diagnostic) -> BalancedDraws? {
    let training = spec.training
    guard training.sampling == .balanced else { return nil }
    do throws(BalancedDraws.EmptyClass) {
      return try BalancedDraws(labels: data.training.labels, classCount: data.training.classCount)
    } catch {
      throw training.emptyClass([data.training.classNames[error.label]])
    }
  }
}
