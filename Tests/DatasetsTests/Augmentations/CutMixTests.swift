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

  @Test func `a pixel is of one image in all its channels`() throws {
    let shape = ImageShape(height: 6, width: 5, channels: 3)
    let images = ImageSamples(
      LabelledImages(images: (0..<900).map { UInt8($0 / 90 * 20) }, labels: Array(0..<10)),
      at: Array(0..<10), imageShape: shape, classNames: (0..<10).map(String.init),
      scaling: PixelScaling(shift: [0, 0, 0], divisor: [20, 20, 20]))
    let source = AugmentedSamples(images, by: try augmentation("[cutmix]"), seed: 0)
    for sample in 0..<10 {
      let (input, targets) = seen(source, sample)
      let colours = stride(from: 0, to: 90, by: 3).map { input[$0..<$0 + 3].map { $0.rounded() } }
      #expect(colours.allSatisfy { Set($0).count == 1 })
      let own = Float(colours.count { $0[0] == Float(sample) }) / 30
      #expect(abs(targets[sample] - own) < 1e-6)
    }
  }
}
