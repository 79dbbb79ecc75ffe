import Learning
import Specs
import Tensors
import Testing

@Suite struct InitializersTests {
  @Test(arguments: [
    ("glorot_uniform", Initializer.scaledUniform(scale: 1, fan: .average)),
    ("glorot_normal", .scaledNormal(scale: 1, fan: .average)),
    ("he_uniform", .scaledUniform(scale: 2, fan: .input)),
    ("he_normal", .scaledNormal(scale: 2, fan: .input)),
    ("lecun_uniform", .scaledUniform(scale: 1, fan: .input)),
    ("lecun_normal", .scaledNormal(scale: 1, fan: .input)),
    ("orthogonal", .orthogonal(gain: 1)), ("{type: orthogonal, gain: 1.5}", .orthogonal(gain: 1.5)),
    ("zeros", .constant(0)), ("ones", .constant(1)), ("constant", .constant(0)),
    ("{type: constant, value: 0.1}", .constant(0.1)),
  ])
  func `names, arguments and defaults are Keras's`(yaml: String, wanted: Initializer) throws {
    let found: OneOf<InitializerCatalog> = try declared(yaml)
    #expect(found.value.initializer == wanted)
  }

  @Test(arguments: [
    "HeNormal": "he_normal", "xavier_uniform": "glorot_uniform", "kaiming_normal": "he_normal",
    "GlorotUniform": "glorot_uniform",
  ])
  func `names from elsewhere lead to the right one`(written: String, meant: String) {
    let found = findings(written, as: OneOf<InitializerCatalog>.self)
    #expect(found.contains("error: there is no initializer '\(written)'\n"))
    #expect(found.hasSuffix("hint: did you mean '\(meant)'?"))
  }
}
