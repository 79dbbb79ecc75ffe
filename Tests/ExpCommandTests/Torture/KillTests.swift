import Foundation
import Testing

@Suite struct KillTests {
  /// The exit code of a process that got SIGKILL.
  private let killed: Int32 = 128 + SIGKILL

  @Test func aRunThatIsKilledInAnyWriteEndsInTheSameBytes() throws {
    let bench = try TortureBench()
    var tally = Tally("killed in writes")
    for point in bench.selection {
      for fault in [Fault.kill, .killAfter] where fault.fits(point) {
        try bench.attempt { attempt in
          let ending = try attempt.run(fault.environment(at: point.number))
          #expect(ending.code == killed, "\(fault) at \(point): \(ending.error)")
          let last = try attempt.points().last
          #expect(last?.name == point.name && last?.fault == fault.rawValue, "missed \(point)")
          tally.note(
            fault.rawValue, at: last, isWhole: try isWhole(attempt, bench, "\(fault) at \(point)"))
        }
      }
    }
    tally.print()
  }

  @Test func aRunThatIsKilledInAnyWriteOfItsResumptionEndsInTheSameBytes() throws {
    let bench = try TortureBench()
    // In the middle of training, after a state was saved.
    let crash = try #require(
      bench.points.filter { $0.name == "open history.csv" }.dropFirst(4).first)
    var points: [FaultPoint] = []
    try bench.attempt { attempt in
      try attempt.run(Fault.kill.environment(at: crash.number))
      let before = try attempt.points().count
      try attempt.mend()
      points = Array(try attempt.points().dropFirst(before))
    }
    var tally = Tally("killed in writes of resumptions")
    for point in TortureBench.isLong ? points : points.oneOfEachName {
      try bench.attempt { attempt in
        try attempt.run(Fault.kill.environment(at: crash.number))
        let ending = try attempt.startAgain(Fault.kill.environment(at: point.number)).ending()
        #expect(ending.code == killed, "resumed, \(point): \(ending.error)")
        let last = try attempt.points().last
        #expect(last?.name == point.name && last?.fault != nil, "missed \(point)")
        tally.note("kill", at: last, isWhole: try isWhole(attempt, bench, "resumed, \(point)"))
      }
    }
    tally.print()
  }

  /// Killed, or asked to stop in the middle of a kernel as well as of a write. Who is asked ends with 75, or else has
  /// changed nothing yet.
  @Test(arguments: [SIGKILL, SIGTERM])
  func aRunThatIsStoppedAtAnyTimeEndsInTheSameBytes(signal: Int32) throws {
    let bench = try TortureBench()
    var random = SplitMix(state: 20_261_128)
    var (tally, kills) = (Tally("stopped by signal \(signal) at random times"), 0)
    while kills < (TortureBench.isLong ? 300 : 8) {
      try bench.attempt { attempt in
        var landed: [FaultPoint?] = []
        for _ in 1...Int.random(in: 1...4, using: &random) {
          let delay = Double.random(in: 0...bench.duration, using: &random)
          let before = (try? attempt.points().count) ?? 0
          let command = try attempt.startAgain()
          usleep(UInt32(delay * 1e6))
          command.send(signal)
          let ending = try command.ending()
          // It may have been faster.
          if ending.code == 0 { break }
          let points = (try? attempt.points()) ?? []
          let isKilled = signal == SIGKILL || ending.code != 75 && points.count == before
          #expect(ending.code == (isKilled ? 128 + signal : 75), "\(ending.error)")
          landed.append(points.last)
        }
        kills += landed.count
        let isWhole = try isWhole(attempt, bench, "stopped after \(landed)")
        for point in landed { tally.note("signal \(signal)", at: point, isWhole: isWhole) }
      }
    }
    tally.print()
  }

  /// Whether the run of `attempt`, once it is complete, is as if it had never been killed.
  private func isWhole(_ attempt: Attempt, _ bench: TortureBench, _ what: String) throws -> Bool {
    let ending = try attempt.mend()
    let contents = try #require(try attempt.contents(), "\(what): \(ending.error)")
    let differences = contents.differences(from: bench.expected)
    #expect(ending.code == 0, "\(what): \(ending.error)")
    #expect(differences.isEmpty, "\(what)")
    return ending.code == 0 && differences.isEmpty
  }
}

/// Random numbers that are the same each time: Steele, Lea and Flood's SplitMix.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
