import Datasets
import Testing

struct StratifiedSelectionTests {
  /// 50 images of class 0, 30 of class 1, 21 of class 2, mixed.
  private let labels: [UInt8] = (0..<101).map { [0, 1, 2, 0, 0, 1, 0, 1, 2, 0][$0 % 10] }

  private func select(_ count: Int, seed: UInt64 = 0, round: Int = 0) -> (
    chosen: [Int], others: [Int]
  ) {
    stratifiedSelection(
      of: count, from: Array(labels.indices), labels: labels, classCount: 3, seed: seed,
      round: round)
  }

  @Test func `the total is exact and each class has its share`() {
    for count in 0...101 {
      let (chosen, others) = select(count)
      #expect(chosen.count == count)
      #expect((chosen + others).sorted() == Array(labels.indices))
      for label in 0..<3 as Range<UInt8> {
        let size = labels.count { $0 == label }
        let exact = Double(count * size) / 101
        let share = chosen.count { labels[$0] == label }
        #expect(abs(Double(share) - exact) < 1)
      }
    }
  }

  @Test func `the largest remainders are rounded up`() {
    // 10 of 101: 5.05, 2.97 and 1.98 would be exact for 51, 30 and 20.
    let chosen = select(10).chosen
    #expect(
      (0..<3 as Range<UInt8>).map { label in chosen.count { labels[$0] == label } } == [5, 3, 2])
  }

  @Test func `both parts keep the order of the file`() {
    let (chosen, others) = select(40)
    #expect(chosen == chosen.sorted())
    #expect(others == others.sorted())
  }

  @Test func `the seed decides, and each round draws anew`() {
    #expect(select(40, seed: 7).chosen == select(40, seed: 7).chosen)
    #expect(select(40, seed: 7).chosen != select(40, seed: 8).chosen)
    #expect(select(40, seed: 7).chosen != select(40, seed: 7, round: 1).chosen)
  }

  @Test func `the choice is the same on every machine and in every version`() {
    #expect(select(10).chosen == [8, 15, 20, 24, 30, 37, 41, 58, 66, 70])
  }

  @Test func `more images to train on include fewer, each class having its share`() {
    func select(_ count: Int) -> [Int] {
      nestedSelection(
        of: count, from: Array(labels.indices), labels: labels, classCount: 3, seed: 0, round: 0)
    }
    for count in 1...101 {
      let chosen = select(count)
      #expect(chosen.count == count)
      #expect(chosen == chosen.sorted())
      #expect(Set(chosen).isSuperset(of: select(count - 1)))
      for label in 0..<3 as Range<UInt8> {
        let exact = Double(count * labels.count { $0 == label }) / 101
        #expect(abs(Double(chosen.count { labels[$0] == label }) - exact) < 1)
      }
    }
  }
}
