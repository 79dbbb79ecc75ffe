import Foundation
import Learning
import Specs
import Tensors
import Testing

/// One of Keras's losses of some logits and targets; `Fixtures/make_loss_fixtures.py` wrote them.
struct LossCase: Decodable, CustomTestStringConvertible {
  let spec, targets: String
  let losses, gradients: [Double]
  var testDescription: String { "\(spec), \(targets) targets" }

  struct File: Decodable {
    let classes: Int
    let labels: [Int]
    let logits: [Double]
    let targets: [String: [Float]]
    let cases: [LossCase]
  }

  static func file() throws -> File {
    try JSONDecoder().decode(File.self, from: fixture("losses.json"))
  }
}

@Suite struct KerasLossTests {
  /// Labels with targets of a fixture.
  private struct Targets: SampleSource {
    let labels: [Int]
    let classCount: Int
    let targets: [Float]
    let imageShape = ImageShape(height: 1, width: 1, channels: 1)

    var count: Int { labels.count }
    func label(of sample: Int) -> Int { labels[sample] }
    func writeInput(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>) {}
    func writeTargets(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>) {
      for index in 0..<classCount { destination[index] = targets[sample * classCount + index] }
    }
  }

  @Test(arguments: try LossCase.file().cases)
  func `losses and gradients by the logits are Keras's`(expected: LossCase) throws {
    let file = try LossCase.file()
    let loss: OneOf<LossCatalog> = try declared(expected.spec)
    let source = loss.value.weighted(
      Targets(
        labels: file.labels, classCount: file.classes,
        targets: try #require(file.targets[expected.targets])))
    for sample in 0..<source.count {
      let range = sample * file.classes..<(sample + 1) * file.classes
      let logits = Array(file.logits[range])
      let logarithm = log(logits.reduce(0) { $0 + exp($1) })
      let logarithms = logits.map { $0 - logarithm }
      var targets = [Float](repeating: 0, count: file.classes)
      source.writeTargets(of: sample, epoch: 0, to: &targets)
      let found = try value(loss.value.function, logarithms, targets)
      // Targets are float32 here, once weighted and once smoothed; Keras takes them as Double.
      let weight = targets.reduce(0, +)
      let tolerance = 4 * 0x1p-24 * Double(max(1, weight)) * (1 - (logarithms.min() ?? 0))
      #expect(abs(found.loss - expected.losses[sample]) <= tolerance)
      let sum = found.slopes.reduce(0, +)
      for (index, wanted) in expected.gradients[range].enumerated() {
        let gradient = found.slopes[index] - exp(logarithms[index]) * sum
        #expect(abs(gradient - wanted) <= tolerance, "sample \(sample), class \(index)")
      }
    }
  }
}

/// A loss and its slopes.
func value(
  _ function: any LossFunction, _ logarithms: [Double], _ targets: [Float]
) throws -> (loss: Double, slopes: [Double]) {
  // Whatever stands there before is overwritten.
  var slopes = [Double](repeating: .nan, count: logarithms.count)
  let loss = logarithms.withUnsafeBufferPointer { logarithms in
    targets.withUnsafeBufferPointer { targets in
      slopes.withUnsafeMutableBufferPointer { function(logarithms, targets: targets, slopes: $0) }
    }
  }
  return (loss, slopes)
}
