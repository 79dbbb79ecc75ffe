import OneDNNBackend
import Tensors
import Testing

@Suite struct SharedSpaceTests {
  @Test func whatIsNeededAtTheSameTimeLiesSideBySide() {
    var space = SharedSpace()
    #expect(space.take(100, at: 0...5) == 0)
    #expect(space.take(10, at: 5...7) == 100)
    #expect(space.take(20, at: 3...3) == 100, "the last one is not there yet")
    #expect(space.size == 120)
  }

  @Test func whatIsNeededLaterTakesTheSamePlace() {
    var space = SharedSpace()
    _ = space.take(100, at: 0...5)
    #expect(space.take(60, at: 6...9) == 0)
    #expect(space.take(40, at: 6...6) == 60)
    #expect(space.size == 100)
  }

  @Test func gapsAreUsed() {
    var space = SharedSpace()
    _ = space.take(10, at: 0...9)
    _ = space.take(30, at: 0...4)
    _ = space.take(10, at: 0...9)
    #expect(space.take(30, at: 5...6) == 10)
    #expect(space.take(31, at: 7...8) == 50)
  }

  @Test(arguments: 0..<50)
  func nothingIsInTwoHandsAtOnce(seed: Int) {
    let stream = RandomStream(seed: UInt64(seed), purpose: .initialization, layer: 0)
    var drawn = 0
    func draw(below limit: Int) -> Int {
      drawn += 1
      return Int(stream.uniform(drawn) * Float(limit))
    }
    var space = SharedSpace()
    var taken: [(places: Range<Int>, moments: ClosedRange<Int>)] = []
    for _ in 0..<40 {
      let first = draw(below: 30)
      let moments = first...first + draw(below: 20)
      let count = draw(below: 50) + 1
      let start = space.take(count, at: moments)
      for other in taken where other.moments.overlaps(moments) {
        #expect(!other.places.overlaps(start..<start + count))
      }
      taken.append((start..<start + count, moments))
    }
    #expect(space.size == taken.map(\.places.upperBound).max())
  }
}
