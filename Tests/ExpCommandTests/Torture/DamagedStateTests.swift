import Foundation
import Testing

/// Two states are saved at any time. What a run goes on from must be as it was written.
@Suite struct DamagedStateTests {
  private let bench: TortureBench
  /// A run that was killed in the middle of training.
  private let stopped: Attempt

  init() throws {
    bench = try TortureBench()
    stopped = try bench.stoppedRun()
  }

  @Test func aDamagedStateIsPassedOverForTheOneBefore() throws {
    let size = try contents(of: try #require(try stopped.states().last)).count
    let places =
      TortureBench.isLong
      ? Array(stride(from: 0, to: size, by: max(1, size / 300)))
      : [0, 8, size / 4, size / 2, size * 3 / 4, size - 1]
    for place in places {
      try expectRecovery("bit flipped at \(place)", warningsOf: [1]) { states in
        try flip(place, in: states[1])
      }
    }
  }

  @Test func aStateThatIsNotAsLongAsItWasIsPassedOver() throws {
    try expectRecovery("truncated", warningsOf: [1]) { states in
      let bytes = try contents(of: states[1])
      try write(bytes.prefix(bytes.count / 2), to: states[1])
    }
    try expectRecovery("emptied", warningsOf: [1]) { try write(Data(), to: $0[1]) }
    try expectRecovery("grown", warningsOf: [1]) { states in
      try write(try contents(of: states[1]) + [0], to: states[1])
    }
    try expectRecovery("removed", warningsOf: []) { states in
      try FileManager.default.removeItem(atPath: states[1])
    }
  }

  @Test func theStateBeforeIsNotNeeded() throws {
    try expectRecovery("older one flipped", warningsOf: []) { try flip(99, in: $0[0]) }
    try expectRecovery("older one removed", warningsOf: []) { states in
      try FileManager.default.removeItem(atPath: states[0])
    }
  }

  @Test func withoutAnySoundStateTheRunStartsOver() throws {
    try expectRecovery("both flipped", warningsOf: [0, 1]) { states in
      for state in states { try flip(50, in: state) }
    }
    try expectRecovery("swapped", warningsOf: [0, 1]) { states in
      let both = try states.map(contents)
      try write(both[1], to: states[0])
      try write(both[0], to: states[1])
    }
    try expectRecovery("both removed", warningsOf: []) { states in
      for state in states { try FileManager.default.removeItem(atPath: state) }
    }
  }

  /// Goes on with the stopped run after `damage` was done to its states, and expects what an undisturbed run leaves.
  ///
  /// - Parameter warnings: the states that are to be named in warnings.
  private func expectRecovery(
    _ what: String, warningsOf warnings: [Int], _ damage: ([String]) throws -> Void
  ) throws {
    let attempt = try Attempt(like: stopped)
    defer { attempt.remove() }
    let states = try attempt.states()
    try damage(states)
    let ending = try attempt.startAgain().ending()
    #expect(ending.code == 0, "\(what): \(ending.error)")
    for (index, state) in states.enumerated() {
      let name = state.split(separator: "/").last ?? ""
      let isNamed = ending.error.split(separator: "\n").contains { line in
        line.contains("warning: ") && line.contains(name)
      }
      #expect(isNamed == warnings.contains(index), "\(what): \(ending.error)")
    }
    let differences = try attempt.contents()?.differences(from: bench.expected)
    #expect(differences == [], "\(what): \(ending.error)")
  }

  private func contents(of path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path))
  }

  private func write(_ bytes: Data, to path: String) throws {
    try bytes.write(to: URL(fileURLWithPath: path))
  }

  private func flip(_ place: Int, in path: String) throws {
    var bytes = try contents(of: path)
    bytes[place] ^= 1 << (place % 8)
    try write(bytes, to: path)
  }
}
