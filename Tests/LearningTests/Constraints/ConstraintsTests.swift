import Learning
import Specs
import Tensors
import Testing

@Suite struct ConstraintsTests {
  @Test(arguments: [
    ("non_neg", Constraint.nonNegative), ("max_norm", .maximumNorm(2, axes: [0])),
    ("{type: max_norm, max_value: 3, axis: [0, 1, 2]}", .maximumNorm(3, axes: [0, 1, 2])),
  ])
  func `names, arguments and defaults are Keras's`(yaml: String, wanted: Constraint) throws {
    let found: OneOf<ConstraintCatalog> = try declared(yaml)
    #expect(found.value.constraint == wanted)
  }

  @Test(arguments: [
    "max_value: 0": "must be greater than 0, got 0", "axis: [0, 0]": "must be axes from 0 to 3",
    "axis: 4": "must be axes from 0 to 3", "axis: []": "must be axes from 0 to 3",
    "axis: all": "needs an axis such as 0, or a list such as [0, 1, 2], got 'all'",
  ])
  func `another norm is refused`(fields: String, message: String) {
    let found = findings("{type: max_norm, \(fields)}", as: OneOf<ConstraintCatalog>.self)
    #expect(found.contains(message), "\(found)")
  }

  @Test func `parameters have what their layer says`() throws {
    let image = ImageShape(height: 5, width: 5, channels: 2)
    let convolution = try nodes(
      "{type: conv2d, filters: 3, kernel_size: 2, kernel_constraint: {type: max_norm, axis: [0, 1, 2]}, "
        + "bias_constraint: non_neg}", after: image)
    #expect(
      convolution[0].parameters.map(\.constraint) == [
        .maximumNorm(2, axes: [0, 1, 2]), .nonNegative,
      ])
    let separable = try nodes(
      "{type: separable_conv2d, filters: 3, kernel_size: 2, depthwise_constraint: non_neg, "
        + "pointwise_constraint: max_norm}", after: image)
    #expect(separable[0].parameters.map(\.constraint) == [.nonNegative])
    #expect(separable[1].parameters.map(\.constraint) == [.maximumNorm(2, axes: [0]), nil])
  }

  @Test func `a norm over an axis that the parameter has not is refused`() throws {
    let layer = "{type: dense, units: 4, bias_constraint: {type: max_norm, axis: 1}}"
    #expect(
      try refusal(layer, after: ImageShape(flat: 3)) == [
        "'max_norm' is over axis 1, but 'bias' has axis 0 alone", "its shape is [4]",
      ])
  }
}
