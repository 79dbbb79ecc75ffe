import Datasets
import Testing

@Suite struct AutomaticOperationTests {
  @Test func `there are fixtures`() throws {
    let fixtures = try TorchvisionFixtures.all.get()
    #expect(
      Set(fixtures.changes.map(\.name))
        == ["saturation", "hue", "grayscale", "blur", "crop", "perspective"])
    #expect(
      Set(fixtures.operations.map(\.operation)) == Set(AutomaticOperation.allCases.map(\.rawValue)))
  }

  @Test(arguments: TorchvisionFixtures.operations)
  func `the operations of both policies are torchvision's`(
    operation: TorchvisionFixtures.Operation
  ) throws {
    let fixtures = try TorchvisionFixtures.all.get()
    let picture = operation.isGrey ? fixtures.grey : fixtures.colours
    let step = try #require(AutomaticOperation(rawValue: operation.operation))
    let found = changed(picture.image, picture.imageShape) {
      step.apply(
        to: &$0, level: operation.level, isReversed: operation.isReversed,
        limits: operation.limits == "rand" ? .rand : .trivialWide,
        sampling: Sampling(.constant, .nearest))
    }
    expectClose(found, operation.result, torchvisionTolerance)
  }
}
