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
    // What follows is tidying up, and the page, which 'exp report' makes anew.
    let completion = try #require(bench.points.last { $0.name == "rename run.json" }).number + 1
    var tally = Tally("errors of the disk")
    for (index, point) in bench.selection.enumerated() {
      for fault in bench.turn(index, of: [.noSpace, .diskFull, .inputOutput], at: point) {
        try bench.attempt { attempt in
          let ending = try attempt.run(fault.environment(at: point.number))
          let hit = try #require(try attempt.points().first { $0.fault != nil })
          let what = "\(fault) at \(hit), exit code \(ending.code):\n\(ending.error)"
          #expect(hit.name == point.name)
          try expectReport(
            of: fault, at: hit, ending, hasFolder: attempt.folder != nil,
            isComplete: point.number > completion || hit.name == Self.draftRemoval)
          if try attempt.status() == "completed" {
            let differences = try #require(try attempt.contents())
              .differences(from: bench.expected)
            #expect(
              differences.allSatisfy(Self.isUntidiness),
              "passed off as complete: \(what)")
          }
          let mended = try attempt.mend()
          #expect(mended.code == 0, "\(what)\(mended.error)")
          let differences = try #require(try attempt.contents()).differences(from: bench.expected)
          #expect(differences.isEmpty, "\(what)")
          tally.note(
            fault.rawValue, at: point, isWhole: mended.code == 0 && differences.isEmpty)
        }
      }
    }
    tally.print()
  }

  /// The removal of a lease's draft, which harms nothing where it stays.
  private static let draftRemoval = "unlink state/lease"

  /// Whether `difference` is what a run that is complete can do without, until somebody tidies up.
  private static func isUntidiness(_ difference: String) -> Bool {
    difference == "report.html is missing"
      || difference.hasPrefix("state/") && difference.hasSuffix(" is one too many")
  }

  private func isHit(_ point: FaultPoint, in attempt: Attempt) throws -> Bool {
    try attempt.points().first { $0.fault != nil }?.name == point.name
  }

  /// Expects what a user needs: that it failed, where, why and how to go on.
  private func expectReport(
    of fault: Fault, at point: FaultPoint, _ ending: Ending, hasFolder: Bool, isComplete: Bool
  ) throws {
    let what = "\(fault) at \(point), exit code \(ending.code):\n\(ending.error)"
    if isComplete {
      // A disk that stays full may still fail what comes after.
      #expect(ending.code == 0 || fault == .diskFull && ending.code == 74, "\(what)")
      return
    }
    #expect(ending.code == 74, "\(what)")
    #expect(ending.error.contains(try #require(fault.message)), "\(what)")
    #expect(ending.error.contains(point.path == "." ? "runs" : point.fileName), "\(what)")
    #expect(ending.error.contains("exp resume") || !hasFolder, "\(what)")
  }
}
