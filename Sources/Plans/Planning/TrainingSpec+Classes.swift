import Datasets
import Diagnostics
import Learning

extension TrainingSpec {
  /// The error that balanced sampling has no images of the classes `names`.
  package func emptyClass(_ names: [String]) -> Diagnostic {
    Diagnostic(
      identifier: .emptyClass,
      message: "balanced sampling has nothing to draw: no training image is of "
        + listed(names, most: 5),
      location: $sampling.location,
      hint: "leave 'sampling' out, or give each class images to train on")
  }
}
