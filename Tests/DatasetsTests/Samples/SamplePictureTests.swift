import Datasets
import Files
import Testing

struct SamplePictureTests {
  /// Pixels are made of nothing but what IEEE 754 defines; should this fail on another machine, that is a fault.
  @Test func `pixels are the same on every machine`() {
    let checksum = SHA256()
    for part in SamplePicture.Part.allCases {
      for shape in SampleShape.allCases {
        for index in 0..<10 {
          SamplePicture(shape, part: part, index: index).image.pixels.withUnsafeBytes {
            checksum.update($0)
          }
        }
      }
    }
    #expect(checksum.finalize() == "")
  }

  @Test func `no two pictures are the same`() {
    var digests: Set<String> = []
    for part in SamplePicture.Part.allCases {
      for shape in SampleShape.allCases {
        for index in 0..<10 {
          digests.insert(
            SHA256.hexDigest(of: SamplePicture(shape, part: part, index: index).image.pixels))
        }
      }
    }
    #expect(digests.count == 120)
  }
}
