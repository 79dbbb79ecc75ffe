import OneDNNBackend
import Synchronization
import Testing

@Suite("Workers run a job together", .timeLimit(.minutes(1)))
struct WorkerPoolTests {
  private struct Trouble: Error, Equatable {
    let worker: Int
  }

  @Test("each worker once, job after job", arguments: [1, 2, 3, 7])
  func everyone(count: Int) throws {
    let pool = try WorkerPool(count: count)
    for _ in 0..<50 {
      let seen = Mutex<[Int]>([])
      try pool.run { worker in seen.withLock { $0.append(worker) } }
      #expect(seen.withLock { $0.sorted() } == Array(0..<count))
    }
  }

  @Test("nobody passes a barrier before all have come to it", arguments: [2, 3, 5])
  func barrier(count: Int) throws {
    let pool = try WorkerPool(count: count)
    let barrier = Barrier(count: count)
    let arrived = Atomic<Int>(0)
    let tooEarly = Atomic<Int>(0)
    try pool.run { _ in
      for round in 1...200 {
        arrived.add(1, ordering: .sequentiallyConsistent)
        barrier.wait()
        if arrived.load(ordering: .sequentiallyConsistent) < round * count {
          tooEarly.add(1, ordering: .relaxed)
        }
        barrier.wait()
      }
    }
    #expect(tooEarly.load(ordering: .relaxed) == 0)
    #expect(arrived.load(ordering: .relaxed) == 200 * count)
  }

  @Test("one worker's error is thrown, and the pool goes on")
  func oneFails() throws {
    let pool = try WorkerPool(count: 3)
    #expect(throws: Trouble(worker: 1)) {
      try pool.run { worker in if worker == 1 { throw Trouble(worker: worker) } }
    }
    let count = Atomic<Int>(0)
    try pool.run { _ in count.add(1, ordering: .relaxed) }
    #expect(count.load(ordering: .relaxed) == 3)
  }

  @Test("when all fail, one error is thrown")
  func allFail() throws {
    let pool = try WorkerPool(count: 3)
    #expect(throws: Trouble.self) { try pool.run { throw Trouble(worker: $0) } }
  }

  @Test("a pool without a job ends its threads")
  func idle() throws {
    for _ in 0..<20 { _ = try WorkerPool(count: 4) }
  }
}
