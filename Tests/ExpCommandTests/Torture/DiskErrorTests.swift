import Foundation
import Testing

@Suite struct DiskErrorTests {
  /// A write that takes half of its bytes, or that a signal interrupts, is done again.
  @Test func writesThatTakeSeveralTurnsChangeNothing() throws {
    let bench = try TortureBench()
    var tally = Tally("writes in several turns")
    for (index, point) in bench.selection.enumerated() {
      for fault in bench.turn(index, of: [.short, .interruption], at: point) {
        try bench.attempt { attempt in
          let ending = try attempt.run(fault.environment(at: point.number))
          #expect(ending.code == 0, "\(fault) at \(point): \(ending.error)")
          #expect(try isHit(point, in: attempt))
          let differences = try #require(try attempt.contents()).differences(from: bench.expected)
          #expect(differences.isEmpty, "\(fault) at \(point)")
          tally.note(fault.rawValue, at: point, isWhole: differences.isEmpty)
        }
      }
    }
    tally.print()
  }

  @Test func anErrorOfTheDiskIsReportedAndCanBeMended() throws {
    let bench = try TortureBench()
    var tally = Tally("errors of the disk")
    for (index, point) in bench.selection.enumerated() {
      for fault in bench.turn(index, of: [.noSpace, .diskFull, .inputOutput], at: point) {
        try bench.attempt { attempt in
          let ending = try attempt.run(fault.environment(at: point.number))
          #expect(try isHit(point, in: attempt))
          expectReport(of: fault, at: point, ending, hasFolder: attempt.folder != nil)
          if try attempt.status() == "completed" {
            let differences = try #require(try attempt.contents())
              .differences(from: bench.expected).filter { !Self.isLeftOver($0, point) }
            #expect(differences.isEmpty, "\(fault) at \(point): passed off as complete")
          }
          let mended = try attempt.mend()
          #expect(mended.code == 0, "\(fault) at \(point): \(mended.error)")
          let differences = try #require(try attempt.contents()).differences(from: bench.expected)
            .filter { !Self.isLeftOver($0, point) }
          #expect(differences.isEmpty, "\(fault) at \(point)")
          tally.note(
            fault.rawValue, at: point, isWhole: mended.code == 0 && differences.isEmpty)
        }
      }
    }
    tally.print()
  }

  private func isHit(_ point: FaultPoint, in attempt: Attempt) throws -> Bool {
    try attempt.points().first { $0.fault != nil }?.name == point.name
  }

  private func expectReport(
    of fault: Fault, at point: FaultPoint, _ ending: Ending, hasFolder: Bool
  ) {
    let what = "\(fault) at \(point), exit code \(ending.code):\n\(ending.error)"
    if Self.isHarmless(point) {
      #expect(ending.code == 0, "\(what)")
      return
    }
    #expect(ending.code == 74, "\(what)")
    #expect(ending.error.contains(fault.message ?? "?"), "\(what)")
    let name = point.path == "." ? "runs" : point.fileName
    #expect(ending.error.contains(name), "\(what)")
    #expect(ending.error.contains("exp resume") || !hasFolder, "\(what)")
  }

  /// Where the run is whole all the same.
  private static func isHarmless(_ point: FaultPoint) -> Bool { false }

  /// What the failed call leaves in a run that is complete without it.
  private static func isLeftOver(_ difference: String, _ point: FaultPoint) -> Bool { false }
}
