import Tensors
import Testing

@Suite struct ActivationsTests {
  @Test(arguments: ActivationFunction.allCases)
  func `an activation is the same as a field and as a layer`(function: ActivationFunction) throws {
    let vector = ImageShape(flat: 12)
    let name = function.rawValue
    let field = try nodes("{type: dense, units: 4, activation: \(name)}", after: vector)
    #expect(field.map(\.operation) == [.dense(units: 4, useBias: true), .activation(function)])
    #expect(try nodes(name, after: vector).map(\.operation) == [.activation(function)])
  }

  @Test(arguments: ActivationFunction.allCases)
  func `images and vectors keep their shape`(function: ActivationFunction) throws {
    let image = ImageShape(height: 9, width: 7, channels: 3)
    #expect(try summary(function.rawValue, after: image) == "9×7×3")
    #expect(try summary(function.rawValue, after: ImageShape(flat: 12)) == "12")
  }
}
