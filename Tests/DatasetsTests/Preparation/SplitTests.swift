import Datasets
import Testing

struct SplitTests {
  /// 60 images, 20 of each of three classes, three classes in turn.
  private let labels = (0..<60).map { UInt8($0 % 3) }

  private func split(
    validation: Int, test: Int, groups: [Int]? = nil, method: SplitMethod = .stratified,
    seed: UInt64 = 0
  ) -> Split {
    Split(
      .init(validation: validation, test: test), labels: labels, groups: groups?.map(String.init),
      classCount: 3,
      method: method, seed: seed)
  }

  private func counts(_ indices: [Int]) -> [Int] {
    (0..<3).map { label in indices.count { labels[$0] == label } }
  }

  @Test func `test and validation images are drawn, each class alike`() {
    let split = split(validation: 6, test: 12)
    #expect(counts(split.test) == [4, 4, 4])
    #expect(counts(split.validation) == [2, 2, 2])
    #expect((split.training + split.validation + split.test).sorted() == Array(0..<60))
    #expect(split != self.split(validation: 6, test: 12, seed: 1))
  }

  @Test func `the last images are test's, and those before them validation's`() {
    let split = split(validation: 6, test: 12, method: .last)
    #expect(split.test == Array(48..<60))
    #expect(split.validation == Array(42..<48))
    #expect(split.training == Array(0..<42))
  }

  @Test func `no group is divided, and classes stay balanced`() {
    // Groups of four images, so that each has images of all classes.
    let groups = (0..<60).map { $0 / 4 }
    for seed in 0..<20 as Range<UInt64> {
      let split = split(validation: 12, test: 12, groups: groups, seed: seed)
      let parts = [split.training, split.validation, split.test]
      #expect(parts.flatMap(\.self).sorted() == Array(0..<60))
      let seen = parts.map { Set($0.map { groups[$0] }) }
      #expect(seen[0].isDisjoint(with: seen[1]) && seen[0].isDisjoint(with: seen[2]))
      #expect(seen[1].isDisjoint(with: seen[2]))
      for held in [split.validation, split.test] {
        #expect((8...16).contains(held.count))
        let counts = counts(held)
        #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 3)
      }
    }
    #expect(
      split(validation: 12, test: 0, groups: groups)
        != split(validation: 12, test: 0, groups: groups, seed: 1))
  }

  @Test func `groups of one image are divided like images`() {
    let split = split(validation: 6, test: 12, groups: Array(0..<60))
    #expect(counts(split.test) == [4, 4, 4])
    #expect(counts(split.validation) == [2, 2, 2])
  }

  @Test func `of two groups that are too large, one is held out`() {
    let split = split(validation: 6, test: 0, groups: (0..<60).map { $0 < 30 ? 7 : 5 })
    #expect(split.validation.count == 30)
    #expect(split.training.count == 30)
  }
}
