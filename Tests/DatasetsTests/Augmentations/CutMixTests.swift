import Datasets
import Tensors
import Testing

@Suite struct CutMixTests {
  @Test func aBoxIsAnotherImagesAndItsAreaIsTheShare() throws {
    let source = AugmentedSamples(plainImages, by: try augmentation("[cutmix]"), seed: 3)
    var areas = Set<Int>()
    for sample in 0..<60 {
      for epoch in 0..<10 {
        let (input, targets) = seen(source, sample, epoch: epoch)
        #expect(abs(targets.reduce(0, +) - 1) < 1e-6)
        let cut = input.indices.filter { abs(input[$0] - Float(sample)) > 1e-4 }
        let rows = Set(cut.map { $0 / 6 })
        let columns = Set(cut.map { $0 % 6 })
        #expect(cut.count == rows.count * columns.count, "it is a box")
        #expect(Set(cut.map { input[$0] }).count <= 1, "of one image")
        if targets[sample % 3] < 1 {
          #expect(abs(targets[sample % 3] - (1 - Float(cut.count) / 36)) < 1e-6)
        }
        areas.insert(cut.count)
      }
    }
    #expect(areas.count > 8)
  }
}
