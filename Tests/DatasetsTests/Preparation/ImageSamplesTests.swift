import Datasets
import Tensors
import Testing

struct ImageSamplesTests {
  @Test func `a sample is the normalized image at its index`() {
    let part = LabelledImages(images: [0, 51, 102, 255, 204, 153], labels: [4, 5, 6])
    let samples = ImageSamples(
      part, at: [2, 0], imageShape: ImageShape(height: 1, width: 2, channels: 1),
      classNames: (0..<7).map(String.init),
      scaling: PixelScaling(shift: [0], divisor: [255]))
    #expect(samples.count == 2)
    #expect(samples.classCount == 7)
    #expect((0..<2).map(samples.label) == [6, 4])
    let input = [Float](unsafeUninitializedCapacity: 4) { buffer, count in
      samples.writeInput(of: 0, epoch: 0, to: buffer.baseAddress!)
      samples.writeInput(of: 1, epoch: 3, to: buffer.baseAddress! + 2)
      count = 4
    }
    #expect(input == [0.8, 0.6, 0, 0.2])
  }

  @Test func `each channel is normalized by its own numbers`() {
    let part = LabelledImages(
      images: [9, 9, 9, 9, 9, 9, 0, 51, 102, 255, 204, 153], labels: [0, 1])
    let samples = ImageSamples(
      part, at: [1], imageShape: ImageShape(height: 1, width: 2, channels: 3),
      classNames: (0..<2).map(String.init),
      scaling: PixelScaling(shift: [0, 51, 2], divisor: [255, 51, 100]))
    let input = [Float](unsafeUninitializedCapacity: 6) { buffer, count in
      samples.writeInput(of: 0, epoch: 0, to: buffer.baseAddress!)
      count = 6
    }
    #expect(input == [0, 0, 1, 1, 3, 1.51])
  }

  @Test func `a picture has the pixels as they are in the dataset`() {
    func picture(channels: Int) -> Picture {
      let part = LabelledImages(images: Array(1...12), labels: Array(0..<UInt8(6 / channels)))
      let shape = ImageShape(height: 1, width: 2, channels: channels)
      return ImageSamples(
        part, at: [1, 0], imageShape: shape, classNames: (0..<6).map(String.init),
        scaling: PixelScaling(
          shift: [Double](repeating: 99, count: channels),
          divisor: [Double](repeating: 7, count: channels))
      ).picture(of: 0)
    }
    #expect(picture(channels: 1).pixels == [3, 4])
    #expect(picture(channels: 3).pixels == [7, 8, 9, 10, 11, 12])
    #expect(picture(channels: 3).shape.channels == 3)
    #expect(picture(channels: 2).pixels == [5, 7], "PNG has no form for two channels")
    #expect(picture(channels: 2).shape.channels == 1)
  }
}
