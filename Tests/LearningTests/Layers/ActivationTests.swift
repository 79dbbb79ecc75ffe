import Learning
import Tensors
import Testing

@Suite struct ActivationTests {
  @Test(arguments: ["relu", "selu", "{type: elu, alpha: 0.5}"])
  func `is the function, as a layer of its own`(function: String) throws {
    let vector = ImageShape(flat: 6)
    let wanted = try nodes(function, after: vector).map(\.operation)
    #expect(
      try nodes("{type: activation, activation: \(function)}", after: vector).map(\.operation)
        == wanted)
  }
}
