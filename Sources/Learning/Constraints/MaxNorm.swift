import Specs
import Tensors

/// A largest norm.
package struct MaxNorm: ConstraintSpec {
  package static let type = "max_norm"
  package static let summary = "Scales values down where their norm is larger than a number."
  package static let source: String? = "Srivastava et al. 2014; Keras's MaxNorm"

  @Field("The largest norm.", example: "3", .greaterThan(0)) package var maxValue = 2.0
  @Field(
    "The axes that a norm is over: 0 for the inputs of each output of 'dense', [0, 1, 2] for the window and channels of "
      + "each filter of 'conv2d'.", .axes)
  package var axis: AxisList = [0]

  package init() {}

  package var constraint: Constraint { .maximumNorm(Float(maxValue), axes: Set(axis.axes)) }
}

extension Check where Value == AxisList {
  fileprivate static var axes: Self {
    Check("must be axes from 0 to 3, each once") { list in
      !list.axes.isEmpty && list.axes.allSatisfy { 0...3 ~= $0 }
        && Set(list.axes).count == list.axes.count
    }
  }
}
