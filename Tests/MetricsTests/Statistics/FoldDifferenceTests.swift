import Foundation
import Metrics
import Testing

@Suite("The test of folds is the corrected resampled t-test of Nadeau and Bengio")
struct FoldDifferenceTests {
  /// What scikit-learn's example says; `Fixtures/make_folds.py` wrote it.
  struct Case: Decodable, CustomTestStringConvertible {
    let name: String
    let differences: [Double]
    let testRatio, mean, pValue: Double
    let interval: [Double]
    var testDescription: String { name }
  }

  private struct Fixture: Decodable { let cases: [Case] }

  static func cases() throws -> [Case] {
    let url = try #require(Bundle.module.url(forResource: "Fixtures/folds", withExtension: "json"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Fixture.self, from: Data(contentsOf: url)).cases
  }

  @Test(arguments: try cases())
  func `scikit-learn's example agrees`(expected: Case) throws {
    let difference = try #require(
      MeanDifference(folds: expected.differences, testRatio: expected.testRatio))
    #expect(difference.count == expected.differences.count)
    #expect(abs(difference.mean - expected.mean) < 1e-12)
    #expect(try #require(difference.pValue).isClose(to: expected.pValue))
    #expect(try #require(difference.interval).isClose(to: expected.interval))
  }

  @Test func `without folds there is no difference, and of one fold nothing can be told`() {
    #expect(MeanDifference(folds: [], testRatio: 0.25) == nil)
    #expect(MeanDifference(folds: [0.1], testRatio: 0.25)?.pValue == nil)
  }

  /// Two classifiers that are equally good on average, each by a feature of its own that tells two classes apart a
  /// little: no difference between them is more than luck. On each of many small samples they are compared by ten folds,
  /// `used` of whose 54 images they learn from. Returns how many tests of 1,000 find a difference at the level of 5 % by
  /// each of `ratios`, and by the paired t-test. The second feature tells them apart by `advantage` more. Folds are made
  /// in as many ways as there are `divisions`, in the second and later ones of images in another order.
  private func rejections(
    using used: Int, ratios: [Double], advantage: Double = 0, divisions: Int = 1
  ) -> (corrected: [Int], naive: Int) {
    var source = Normal(state: 2003)
    let (imageCount, foldCount) = (60, 10)
    var (corrected, naive) = (ratios.map { _ in 0 }, 0)
    for _ in 0..<1000 {
      let features = (0..<imageCount).map { image in
        [0.3, 0.3 + advantage].map { source.next() + (image % 2 == 1 ? $0 : 0) }
      }
      let differences = (0..<divisions).flatMap { division -> [Double] in
        // The fold of each image of both classes, which stand in turn.
        let folds = [0, 1].map { _ in
          let places = 0..<imageCount / 2
          let keys = division == 0 ? places.map(Double.init) : places.map { _ in source.uniform() }
          let ranked = places.sorted { keys[$0] < keys[$1] }
          return places.map { place in (ranked.firstIndex(of: place) ?? 0) % foldCount }
        }
        return (0..<foldCount).map { fold in
          difference(features, used) { folds[$0 % 2][$0 / 2] == fold }
        }
      }
      func isFound(_ difference: MeanDifference?) -> Int {
        (difference?.pValue ?? 1) < 0.05 ? 1 : 0
      }
      for (place, ratio) in ratios.enumerated() {
        corrected[place] += isFound(MeanDifference(folds: differences, testRatio: ratio))
      }
      naive += isFound(MeanDifference(paired: differences.map { ($0, 0) }))
    }
    return (corrected, naive)
  }

  /// How much more of the images that `isHeld` are told rightly by the first of `features` than by the second, by the
  /// class means of `used` others.
  private func difference(
    _ features: [[Double]], _ used: Int, _ isHeld: (Int) -> Bool
  ) -> Double {
    let held = features.indices.filter(isHeld)
    let others = features.indices.filter { !isHeld($0) }.prefix(used)
    let rights = [0, 1].map { feature -> Int in
      let means = [0, 1].map { label -> Double in
        let own = others.filter { $0 % 2 == label }
        return own.reduce(0) { $0 + features[$1][feature] } / Double(own.count)
      }
      return held.count { image in
        let value = features[image][feature]
        return (abs(value - means[1]) < abs(value - means[0]) ? 1 : 0) == image % 2
      }
    }
    return Double(rights[0] - rights[1]) / Double(held.count)
  }

  @Test func `the corrected test keeps its level, and the paired t-test does not`() {
    let (corrected, naive) = rejections(using: 54, ratios: [6.0 / 54])
    // Of 1,000 tests at 5 %, 50 reject by luck, 71 or more in one of a thousand such simulations.
    #expect((30...70).contains(corrected[0]), "\(corrected) by the corrected test")
    #expect(naive >= 100, "\(naive) by the paired t-test")
  }

  /// Other divisions of the same images say little new. The correction, which takes no account of that, finds 118, and the
  /// paired t-test 482.
  @Test
  func
    `of several divisions the corrected test finds more than its level, and far less than the naive one`()
  {
    let (corrected, naive) = rejections(using: 54, ratios: [6.0 / 54], divisions: 5)
    #expect((71...170).contains(corrected[0]), "\(corrected)")
    #expect(naive >= 300, "\(naive)")
  }

  @Test func `what is better is found`() {
    let (corrected, _) = rejections(using: 54, ratios: [6.0 / 54], advantage: 1.2)
    #expect(corrected[0] >= 300, "\(corrected)")
  }

  /// Why 'limit' does not count: the images that it leaves out do not make folds more alike. In 6,000 samples the first
  /// ratio finds 3.6 %, the second 0.3 %.
  @Test func `where networks learn from fewer images, those that are left count all`() {
    let (corrected, _) = rejections(using: 12, ratios: [6.0 / 54, 6.0 / 12])
    #expect(corrected[0] <= 70, "\(corrected)")
    #expect(3 * corrected[1] < corrected[0], "\(corrected)")
  }

  /// Normally distributed numbers, the same everywhere: SplitMix64 and the polar method.
  private struct Normal {
    var state: UInt64

    mutating func uniform() -> Double {
      state &+= 0x9E37_79B9_7F4A_7C15
      var bits = state
      bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
      return Double((bits ^ (bits >> 31)) >> 11) * 0x1p-53
    }

    mutating func next() -> Double {
      while true {
        let (x, y) = (2 * uniform() - 1, 2 * uniform() - 1)
        let square = x * x + y * y
        if square > 0, square < 1 { return x * (-2 * log(square) / square).squareRoot() }
      }
    }
  }
}
