import Learning
import Tensors
import Testing

@Suite struct ActivationsTests {
  /// Each as short as may be.
  static let names = ActivationCatalog.all.map {
    $0 == LeakyReLU.self ? "{type: leaky_relu, negative_slope: 0.2}" : $0.type
  }

  @Test(arguments: names)
  func `an activation is the same as a field and as a layer`(name: String) throws {
    let vector = ImageShape(flat: 12)
    let field = try nodes("{type: dense, units: 4, activation: \(name)}", after: vector)
    let layer = try nodes(name, after: ImageShape(flat: 4))
    #expect(field.map(\.operation) == [.dense(units: 4, useBias: true)] + layer.map(\.operation))
  }

  @Test(arguments: names)
  func `images and vectors keep their shape`(name: String) throws {
    let image = ImageShape(height: 9, width: 7, channels: 3)
    #expect(try summary(name, after: image).hasPrefix("9×7×3"))
    #expect(try summary(name, after: ImageShape(flat: 12)).hasPrefix("12"))
  }
}
