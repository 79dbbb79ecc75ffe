import Learning
import Specs
import Tensors
import Testing

@Suite struct RegularizersTests {
  @Test(arguments: [
    ("l1", Regularizer(l1: 0.01)), ("{type: l1, l1: 0.5}", Regularizer(l1: 0.5)),
    ("l2", Regularizer(l2: 0.01)), ("{type: l2, l2: 0.5}", Regularizer(l2: 0.5)),
    ("l1_l2", Regularizer()), ("{type: l1_l2, l1: 0.1, l2: 0.2}", Regularizer(l1: 0.1, l2: 0.2)),
  ])
  func `names, arguments and defaults are Keras's`(yaml: String, wanted: Regularizer) throws {
    let found: OneOf<RegularizerCatalog> = try declared(yaml)
    #expect(found.value.regularizer == wanted)
  }

  @Test func `a negative factor is refused`() {
    let found = findings("{type: l2, l2: -0.1}", as: OneOf<RegularizerCatalog>.self)
    #expect(found.contains("error: must be at least 0, got -0.1\n"))
  }
}
