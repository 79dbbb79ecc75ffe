import Testing

/// All interleavings of the workers of one cell.
@Suite struct ProtocolModelTests {
  private typealias World = ProtocolModel.World

  /// All worlds that `count` workers can reach, of which `crashes` crash, and the last resumes what stopped if one
  /// `isResuming`; calls `visit` with each.
  private func explore(
    _ model: ProtocolModel, workers count: Int, crashes: Int, misjudgements: Int,
    isResuming: Bool = false, _ visit: (World) -> Bool
  ) -> Int {
    var start = World(
      workers: Array(repeating: .readLedger, count: count), misjudgements: misjudgements)
    if isResuming { start.workers[count - 1] = .resume }
    var (seen, open): (Set<World>, [World]) = ([start], [start])
    while let world = open.popLast() {
      guard visit(world) else { return seen.count }
      var following = world.workers.indices.flatMap { model.next($0, in: world) }
      if world.workers.filter({ $0 == .crashed }).count < crashes {
        following += world.workers.indices.compactMap { worker in
          guard ![.ended, .crashed].contains(world.workers[worker]) else { return nil }
          var world = world
          world.workers[worker] = .crashed
          return world
        }
      }
      for world in following where seen.insert(world).inserted { open.append(world) }
    }
    return seen.count
  }

  /// True if some interleaving leads to a world in which `isWrong`, with or without one that resumes.
  private func finds(
    _ fault: ProtocolModel.Fault?, crashes: Int = 1, misjudgements: Int,
    _ isWrong: (World) -> Bool
  ) -> Bool {
    [false, true].contains { isResuming in
      var found = false
      let count = explore(
        ProtocolModel(fault: fault), workers: 3, crashes: crashes, misjudgements: misjudgements,
        isResuming: isResuming
      ) { world in
        found = isWrong(world)
        return !found
      }
      #expect(found || count > 1000, "there are many interleavings")
      return found
    }
  }

  @Test func `no two processes ever write to one folder, whatever clocks do`() {
    #expect(!finds(nil, misjudgements: 2, \.hasTwoWriters))
  }

  @Test func `no two processes train, and no run is made twice, while clocks are right`() {
    #expect(!finds(nil, misjudgements: 0) { $0.trainingCount > 1 || $0.completeCount > 1 })
  }

  @Test func `simpler protocols are found to be wrong`() {
    #expect(finds(.continuesInPlace, misjudgements: 1, \.hasTwoWriters))
    #expect(finds(.recreatesLeases, misjudgements: 1, \.hasTwoWriters))
    #expect(finds(.forgetsDoubts, misjudgements: 1, \.hasTwoWriters))
    #expect(finds(.forgetsOutcomes, misjudgements: 0) { $0.completeCount > 1 })
    #expect(finds(.followsNoCopies, misjudgements: 0) { $0.completeCount > 1 })
  }

  /// Wherever all processes end, one that comes later completes the run, once their leases have ended.
  @Test func `who comes later can always complete it`() {
    var model = ProtocolModel(fault: nil)
    model.seesWhoIsGone = true
    var checked: Set<World> = []
    _ = explore(ProtocolModel(fault: nil), workers: 2, crashes: 2, misjudgements: 1) { world in
      var later = world
      later.misjudgements = 0
      later.workers = world.workers.map { _ in .crashed } + [.readLedger]
      guard checked.insert(later).inserted else { return true }
      var open = [later]
      while let world = open.popLast() {
        let following = model.next(world.workers.count - 1, in: world)
        if following.isEmpty, world.completeCount == 0 {
          Issue.record("the run can never be completed: \(later)")
          return false
        }
        open += following
      }
      return true
    }
    #expect(checked.count > 100)
  }
}
