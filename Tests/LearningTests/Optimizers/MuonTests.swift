import Learning
import Specs
import Tensors
import Testing

@Suite struct MuonTests {
  @Test func `defaults are Keras's`() {
    #expect(Muon().learningRate == 0.001)
    #expect(Muon().momentum == 0.95)
    #expect(Muon().nesterov)
    #expect(Muon().nsSteps == 5)
    #expect(Muon().rmsRate == 0.2)
    #expect(Muon().settings.weightDecay == 0.004)
    #expect(Muon().adamWeightDecay == 0.004)
  }

  @Test(
    arguments: [
      ([128, 10], .kernel, true, true), ([3, 3, 8, 16], .kernel, false, true),
      ([10], .bias, false, false), ([2, 5], .slope, false, false),
    ] as [([Int], Parameter.Role, Bool, Bool)])
  func `as in Keras only dense kernels are matrices, but convolutions can be`(
    shape: [Int], role: Parameter.Role, byDefault: Bool, withConvolutions: Bool
  ) throws {
    let parameter = Parameter(name: "it", shape: shape, role: role, initializer: .zeros)
    let all: OneOf<OptimizerCatalog> = try declared("{type: muon, convolutions: true}")
    #expect(Muon().updateRule.needsWhole(parameter) == byDefault)
    #expect(all.value.updateRule.needsWhole(parameter) == withConvolutions)
  }

  @Test func `the plain matrix can be asked for, and is recorded`() throws {
    let muon: OneOf<OptimizerCatalog> = try declared("{type: muon, rms_rate: null}")
    #expect((muon.value as? Muon)?.rmsRate == nil)
    let again: OneOf<OptimizerCatalog> = try declared(muon.tree.json)
    #expect((again.value as? Muon)?.rmsRate == nil)
  }
}
