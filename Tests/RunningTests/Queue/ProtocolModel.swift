/// A model of how workers on several machines share one cell by its claims and by the leases of its runs. A worker may be
/// suspended between any two steps, crash, renew its lease too late, and be taken for gone while it is not. `exp resume` is a
/// worker that takes no claim.
struct ProtocolModel {
  /// The faults of simpler protocols.
  enum Fault: CaseIterable {
    /// A run is continued in its folder even if its process may come back.
    case continuesInPlace
    /// A lease is taken over by removing its file and making it anew, in the place of making the next one.
    case recreatesLeases
    /// A claim does not say to which run it led.
    case forgetsOutcomes
    /// Whether a process may come back is judged by the last lease alone, and not by those before.
    case forgetsDoubts
    /// A run that was known is not looked for where another process went on with it since.
    case followsNoCopies
  }

  /// A claim, or a lease of a run.
  struct Right: Hashable {
    let holder: Int
    /// True if a holder before may come back.
    var isDoubtful = false
    var isOver = false
    var outcome: Int?
  }

  struct Run: Hashable {
    var leases: [Right]
    var isComplete = false
  }

  /// What a worker has found.
  enum Finding: Hashable {
    case nothing, running, complete
    case stopped(run: Int, leases: Int, isCertain: Bool)
  }

  /// What a worker is about to do. Leases and claims are named by their places in `leases` and `claims`; one that resumes has
  /// no claim.
  enum Step: Hashable {
    case resume
    case readLedger
    case readClaim(known: Int)
    case readRuns(known: Int, claim: Int, outcome: Int?)
    case takeClaim(Int, Finding)
    case readLedgerAgain(claim: Int)
    case makeRun(claim: Int)
    case takeLease(claim: Int?, run: Int, Int, isCertain: Bool)
    case makeCopy(claim: Int?, of: Int, lease: Int)
    case settleLease(claim: Int?, of: Int, Int, run: Int)
    case settleClaim(Int?, run: Int, lease: Int)
    case check(run: Int, lease: Right, at: Int, written: Int)
    case write(run: Int, lease: Right, at: Int, written: Int)
    case ended
    case crashed
  }

  struct World: Hashable {
    var claims: [Right] = []
    var runs: [Run] = []
    var workers: [Step]
    /// The number of workers that may still be taken for gone while they are not.
    var misjudgements: Int
  }

  let fault: Fault?
  /// True if nobody takes a process that is gone for one that may still be there.
  var seesWhoIsGone = false

  /// The writes that complete a run.
  private static let writes = 2

  /// The ways in which a right can look; nil: held. Each costs some misjudgements.
  private func looks(of right: Right, in world: World) -> [(isCertain: Bool?, costs: Int)] {
    if right.isOver { return [(!right.isDoubtful, 0)] }
    if [.crashed, .ended].contains(world.workers[right.holder]) {
      // On its machine that is seen at once, elsewhere when the lease has ended.
      return [(!right.isDoubtful, 0), (false, 0)] + (seesWhoIsGone ? [] : [(nil, 0)])
    }
    return [(nil, 0)] + (world.misjudgements > 0 ? [(false, 1)] : [])
  }

  /// What can be found of the run `number`; nil if another run continues it.
  private func findings(of number: Int, in world: World) -> [(finding: Finding?, costs: Int)] {
    let run = world.runs[number]
    if run.isComplete { return [(.complete, 0)] }
    guard let lease = run.leases.last else { return [(.running, 0)] }
    if lease.outcome != nil { return [(nil, 0)] }
    return looks(of: lease, in: world).map { look in
      let stopped = look.isCertain.map {
        Finding.stopped(run: number, leases: run.leases.count, isCertain: $0)
      }
      return (stopped ?? .running, look.costs)
    }
  }

  /// What can be found of the `runs`: one that is complete, else one that is running, else the last that stopped.
  private func findings(
    of runs: [Int], in world: World
  ) -> [(finding: Finding, costs: Int)] {
    var found: [(finding: Finding, costs: Int)] = [(.nothing, 0)]
    for number in runs {
      found = found.flatMap { before in
        findings(of: number, in: world).map { new in
          switch (before.finding, new.finding) {
          case (.complete, _), (.running, .stopped), (_, nil):
            (before.finding, before.costs + new.costs)
          case (_, let finding?): (finding, before.costs + new.costs)
          }
        }
      }
    }
    return found.filter { $0.costs <= world.misjudgements }
  }

  /// The worlds to which the next step of `worker` can lead.
  func next(_ worker: Int, in world: World) -> [World] {
    func then(_ step: Step, costs: Int = 0, _ change: (inout World) -> Void = { _ in }) -> World {
      var world = world
      change(&world)
      world.misjudgements -= costs
      world.workers[worker] = step
      return world
    }
    /// What a worker with the claim in the place `claim` does when it has found the runs as they are.
    func action(on finding: Finding, claim: Int) -> World {
      switch finding {
      case .nothing: then(.makeRun(claim: claim))
      case .stopped(let run, let leases, let isCertain):
        then(.takeLease(claim: claim, run: run, leases, isCertain: isCertain))
      case .running, .complete: then(.ended) { $0.claims[claim].isOver = true }
      }
    }
    let own = Right(holder: worker)
    switch world.workers[worker] {
    case .ended, .crashed: return []
    case .resume:
      return world.runs.indices.flatMap { findings(of: $0, in: world) }.compactMap { found in
        guard case .stopped(let run, let leases, let isCertain)? = found.finding,
          found.costs <= world.misjudgements
        else { return nil }
        return then(
          .takeLease(claim: nil, run: run, leases, isCertain: isCertain), costs: found.costs)
      }
    case .readLedger: return [then(.readClaim(known: world.runs.count))]
    case .readClaim(let known):
      guard let claim = world.claims.last else {
        return [then(.readRuns(known: known, claim: 0, outcome: nil))]
      }
      return looks(of: claim, in: world).map { look in
        guard look.isCertain != nil else { return then(.ended) }
        return then(
          .readRuns(known: known, claim: world.claims.count, outcome: claim.outcome),
          costs: look.costs)
      }
    case .readRuns(let known, let claim, let outcome):
      var runs = Array(0..<known)
      func add(_ run: Int?) { if let run, !runs.contains(run) { runs.append(run) } }
      add(outcome)
      var index = 0
      while index < runs.count, fault != .followsNoCopies {
        add(world.runs[runs[index]].leases.last?.outcome)
        index += 1
      }
      return findings(of: runs, in: world).map {
        switch $0.finding {
        case .running, .complete: then(.ended, costs: $0.costs)
        case .nothing, .stopped: then(.takeClaim(claim, $0.finding), costs: $0.costs)
        }
      }
    case .takeClaim(let place, let finding):
      guard world.claims.count == place else { return [then(.ended)] }
      let saysNothing = place > 0 && world.claims[place - 1].outcome == nil
      var claimed =
        saysNothing && fault != .forgetsOutcomes
        ? then(.readLedgerAgain(claim: place)) : action(on: finding, claim: place)
      claimed.claims.append(own)
      return [claimed]
    case .readLedgerAgain(let claim):
      return findings(of: Array(world.runs.indices), in: world).map { found in
        var next = action(on: found.finding, claim: claim)
        next.misjudgements -= found.costs
        return next
      }
    case .makeRun(let claim):
      return [
        then(.settleClaim(claim, run: world.runs.count, lease: 0)) {
          $0.runs.append(Run(leases: [own]))
        }
      ]
    case .takeLease(let claim, let run, var place, let isCertain):
      if fault == .recreatesLeases {
        place = 0
      } else if world.runs[run].leases.count != place || world.runs[run].isComplete {
        return [
          then(.ended) {
            guard let claim else { return }
            $0.claims[claim].isOver = true
            $0.claims[claim].outcome = run
          }
        ]
      }
      let isInPlace = isCertain || fault == .continuesInPlace
      return [
        then(
          isInPlace
            ? .settleClaim(claim, run: run, lease: place)
            : .makeCopy(claim: claim, of: run, lease: place)
        ) {
          var lease = own
          lease.isDoubtful = !isCertain && fault != .forgetsDoubts
          $0.runs[run].leases = Array($0.runs[run].leases.prefix(place)) + [lease]
        }
      ]
    case .makeCopy(let claim, let run, let lease):
      return [
        then(.settleLease(claim: claim, of: run, lease, run: world.runs.count)) {
          $0.runs.append(Run(leases: [own]))
        }
      ]
    case .settleLease(let claim, let old, let lease, let run):
      return [
        then(.settleClaim(claim, run: run, lease: 0)) {
          guard $0.runs[old].leases.indices.contains(lease) else { return }
          $0.runs[old].leases[lease].isOver = true
          $0.runs[old].leases[lease].outcome = run
        }
      ]
    case .settleClaim(let claim, let run, let lease):
      return [
        then(.check(run: run, lease: world.runs[run].leases[lease], at: lease, written: 0)) {
          guard let claim else { return }
          $0.claims[claim].isOver = true
          if fault != .forgetsOutcomes { $0.claims[claim].outcome = run }
        }
      ]
    case .check(let run, let lease, let place, let written):
      let isHeld =
        world.runs[run].leases.count == place + 1 && world.runs[run].leases[place] == lease
      guard isHeld else { return [then(.ended)] }
      return [
        then(.write(run: run, lease: lease, at: place, written: written)),
        // Too late to renew it, the worker makes the next lease.
        then(.write(run: run, lease: lease, at: place + 1, written: written)) {
          $0.runs[run].leases.append(lease)
        },
      ]
    case .write(let run, let lease, let place, let written):
      guard written + 1 == Self.writes else {
        return [then(.check(run: run, lease: lease, at: place, written: written + 1))]
      }
      return [then(.ended) { $0.runs[run].isComplete = true }]
    }
  }
}

extension ProtocolModel.World {
  /// True if two processes that are there both write to one run folder.
  var hasTwoWriters: Bool {
    workers.indices.contains { one in
      guard case .write(let run, _, _, _) = workers[one] else { return false }
      return workers.indices.contains { other in
        switch workers[other] {
        // Who looks at its lease now and has lost it does not write.
        case .check(run, let lease, let place, _), .write(run, let lease, let place, _):
          other != one && runs[run].leases.indices.contains(place)
            && runs[run].leases[place] == lease
        default: false
        }
      }
    }
  }

  /// The number of workers that have begun a run and are there.
  var trainingCount: Int {
    workers.filter {
      switch $0 {
      case .resume, .readLedger, .readClaim, .readRuns, .takeClaim, .readLedgerAgain, .takeLease,
        .ended,
        .crashed:
        false
      case .makeRun, .makeCopy, .settleClaim, .settleLease, .check, .write: true
      }
    }.count
  }

  var completeCount: Int { runs.filter(\.isComplete).count }
}
