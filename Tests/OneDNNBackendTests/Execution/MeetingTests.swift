import OneDNNBackend
import Synchronization
import Testing

@Suite("Workers that meet after each piece of work")
struct MeetingTests {
  private struct Failure: Error, Equatable {
    let worker: Int
  }

  @Test(
    "when one fails all leave after the same piece, however often it is tried", arguments: 0..<8)
  func failures(stage failing: Int) throws {
    let pool = try WorkerPool(count: 3)
    let barrier = Barrier(count: 3)
    for round in 0..<300 {
      let meeting = Meeting(barrier)
      let reached = Mutex<[Int]>([])
      // One fails at `failing`, another would at the next piece.
      #expect(throws: Failure(worker: round % 3)) {
        try pool.run { worker in
          for stage in 0..<10 {
            let isComplete = try meeting.after(stage) {
              if worker == round % 3, stage == failing { throw Failure(worker: worker) }
              if worker == (round + 1) % 3, stage == failing + 1 { throw Failure(worker: worker) }
            }
            guard isComplete else { return reached.withLock { $0.append(stage) } }
          }
        }
      }
      #expect(reached.withLock { $0 } == [failing, failing])
    }
  }
}
