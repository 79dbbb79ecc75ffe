import Foundation
import Metrics
import Testing

/// What networks predict, with statsmodels' kappa; `Fixtures/make_agreement.py` wrote it.
struct AgreementCase: Decodable, CustomTestStringConvertible {
  let name: String
  let classCount: Int
  /// Of each network, sample by sample.
  let predictions: [[Int]]
  let unanimous: Int
  let pairwise: Double
  let kappa: Double?

  var testDescription: String { name }

  static func all() throws -> [AgreementCase] {
    struct File: Decodable { let cases: [AgreementCase] }
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/agreement", withExtension: "json"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(File.self, from: Data(contentsOf: url)).cases
  }
}

@Suite struct AgreementTests {
  @Test(arguments: try AgreementCase.all())
  func `kappa is statsmodels'`(expected: AgreementCase) throws {
    let agreement = try #require(
      Agreement(expected.predictions, classCount: expected.classCount))
    #expect(abs(agreement.pairwise - expected.pairwise) < 1e-12)
    #expect(agreement.unanimousCount == expected.unanimous)
    #expect((agreement.fleissKappa == nil) == (expected.kappa == nil))
    if let kappa = agreement.fleissKappa, let wanted = expected.kappa {
      #expect(abs(kappa - wanted) < 1e-9)
    }
  }

  @Test func `a single network agrees with nobody`() {
    #expect(Agreement([[0, 1]], classCount: 2) == nil)
    #expect(Agreement([[], []], classCount: 2) == nil)
  }
}
