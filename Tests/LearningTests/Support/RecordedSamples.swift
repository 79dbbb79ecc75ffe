import Tensors

/// Images and labels that stand in a fixture.
struct RecordedSamples: SampleSource {
  let images: Tensor
  let labels: [Int]
  let classCount: Int
  let imageShape: ImageShape

  /// Of `images` [samples, height, width, channels] and `labels` [samples].
  init(images: Tensor, labels: Tensor, classCount: Int) {
    (self.images, self.classCount) = (images, classCount)
    self.labels = labels.values.map { Int($0) }
    imageShape = ImageShape(
      height: images.shape[1], width: images.shape[2], channels: images.shape[3])
  }

  var count: Int { labels.count }

  func label(of sample: Int) -> Int { labels[sample] }

  func writeInput(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>) {
    let size = imageShape.elementCount
    for index in 0..<size { destination[index] = images.values[sample * size + index] }
  }
}
