import Learning
import Specs
import Tensors
import Testing

@Suite struct TargetSettingsTests {
  private let logarithms = [-0.5, -1.25, -2.25]

  @Test(arguments: LossCatalog.all.map { $0.type })
  func `class weights count in training only, label smoothing everywhere`(type: String) throws {
    let plain: OneOf<LossCatalog> = try declared("{type: \(type), label_smoothing: 0.1}")
    let weighted: OneOf<LossCatalog> = try declared(
      "{type: \(type), label_smoothing: 0.1, class_weight: [1, 3, 1]}")
    // Images of validation are not weighted, so their targets add up to 1.
    let targets: [Float] = [0, 1, 0]
    let once = try value(weighted.value.function, logarithms, targets)
    let same = try value(plain.value.function, logarithms, targets)
    #expect(once.loss == same.loss && once.slopes == same.slopes)
    let unsmoothed: OneOf<LossCatalog> = try declared("{type: \(type)}")
    #expect(try once.loss != value(unsmoothed.value.function, logarithms, targets).loss)

    let samples = weighted.value.weighted(Labels(labels: [0, 1]))
    var trained = [Float](repeating: 0, count: 3)
    samples.writeTargets(of: 1, epoch: 0, to: &trained)
    let thrice = try value(weighted.value.function, logarithms, trained)
    #expect(abs(thrice.loss - 3 * once.loss) < 1e-6)
    for (found, wanted) in zip(thrice.slopes, once.slopes) {
      #expect(abs(found - 3 * wanted) < 1e-6)
    }
  }

  @Test func `a class of weight 0 teaches nothing`() throws {
    let loss: OneOf<LossCatalog> = try declared(
      "{type: mean_squared_error, class_weight: {1: 0}}")
    var targets = [Float](repeating: 9, count: 3)
    loss.value.weighted(Labels(labels: [0, 1])).writeTargets(of: 1, epoch: 0, to: &targets)
    // It keeps its class, by which training accuracy goes.
    #expect(targets[1] > 0 && targets[0] == 0 && targets[2] == 0)
    let found = try value(loss.value.function, logarithms, targets)
    #expect(found.loss.magnitude < 1e-25)
    #expect(found.slopes.allSatisfy { $0.magnitude < 1e-25 })
  }

  @Test func `smoothing is a share below 1`() {
    #expect(
      findings("{type: focal, label_smoothing: 1}", as: OneOf<LossCatalog>.self)
        .contains("must be at least 0 and less than 1, got 1"))
  }
}

/// Three classes of images that nobody looks at.
struct Labels: SampleSource {
  let labels: [Int]
  let classCount = 3
  let imageShape = ImageShape(height: 1, width: 1, channels: 1)

  var count: Int { labels.count }
  func label(of sample: Int) -> Int { labels[sample] }
  func writeInput(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>) {}
}
