import Learning
import Specs
import Tensors
import Testing

@Suite struct LeakyReLUTests {
  @Test func `its slope must be given, as Keras has two defaults`() {
    let found = findings(
      "{type: dense, units: 4, activation: leaky_relu}", as: OneOf<LayerCatalog>.self)
    #expect(
      found == """
        a.yaml:1:37: error: 'leaky_relu' needs 'negative_slope': factor for negative values; Keras takes 0.3 in the layer and 0.2 in the activation of this name
            1 | {type: dense, units: 4, activation: leaky_relu}
              |                                     ^
        """)
  }

  @Test func `a negative slope is refused`() {
    let found = findings("{type: leaky_relu, alpha: -1}", as: OneOf<LayerCatalog>.self)
    #expect(found.contains("hint: did you mean 'negative_slope'?"))
    #expect(
      findings("{type: leaky_relu, negative_slope: -1}", as: OneOf<LayerCatalog>.self)
        .contains("error: must be at least 0, got -1\n"))
  }
}
