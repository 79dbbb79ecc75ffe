import Foundation
import Learning
import Specs
import Testing

/// A schedule of Keras or PyTorch over a hundred steps; `Fixtures/make_schedule_fixtures.py` wrote them.
struct ScheduleCase: Decodable, CustomTestStringConvertible {
  let spec: String
  let learningRates: [Double]
  let momenta: [Double]?
  var testDescription: String { spec }

  struct File: Decodable {
    let epochs, stepsPerEpoch: Int
    let cases: [ScheduleCase]
  }

  static func file() throws -> File {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(File.self, from: fixture("schedules.json"))
  }
}

@Suite struct ScheduleFixtureTests {
  @Test(arguments: try ScheduleCase.file().cases)
  func `every step's rates are those of Keras or PyTorch`(expected: ScheduleCase) throws {
    let file = try ScheduleCase.file()
    let length = TrainingLength(epochs: file.epochs, stepsPerEpoch: file.stepsPerEpoch)
    let rate: LearningRate = try declared(expected.spec)
    #expect(expected.learningRates.count == length.steps)
    for (step, wanted) in expected.learningRates.enumerated() {
      let rates = rate(step, in: length)
      // All compute in Double; a difference of nearly equal numbers loses some of it.
      #expect(abs(rates.learningRate - wanted) <= 1e-12 * expected.highest, "step \(step)")
      if let momenta = expected.momenta {
        let momentum = try #require(rates.momentum)
        #expect(abs(momentum - momenta[step]) <= 1e-12, "step \(step)")
      } else {
        #expect(rates.momentum == nil)
      }
    }
  }
}

extension ScheduleCase {
  var highest: Double { learningRates.max() ?? 0 }
}
