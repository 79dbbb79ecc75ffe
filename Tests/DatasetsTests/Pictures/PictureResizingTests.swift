import Datasets
import Specs
import Testing

@Suite struct PictureResizingTests {
  @Test(arguments: try PillowFixtures.read().resizing)
  func `a picture is resized as Pillow resizes it, to the bit`(
    _ wanted: PillowFixtures.Resizing
  ) throws {
    let picture = try Picture(decoding: PillowFixtures.bytes(of: wanted.file))
    let resizing = PictureResizing(
      to: .init(height: wanted.size[0], width: wanted.size[1]),
      fit: try #require(PictureFit(rawValue: wanted.fit)),
      interpolation: try #require(PictureInterpolation(rawValue: wanted.interpolation)),
      background: wanted.background)
    let resized = resizing.resized(picture)
    #expect(resized.shape.lengths == wanted.size + [picture.shape.channels])
    #expect(resized.pixels == [UInt8](wanted.pixels))
  }

  @Test func `grey is the luma that Pillow computes`() throws {
    let picture = try Picture(decoding: PillowFixtures.bytes(of: "scene-rgb.png"))
    #expect(try picture.grayscale.pixels == [UInt8](PillowFixtures.read().luma))
  }

  @Test func `grey in three channels is the same in each`() throws {
    let grey = try Picture(decoding: PillowFixtures.bytes(of: "grey8.png"))
    #expect(grey.rgb.shape.lengths == [11, 13, 3])
    #expect(grey.rgb.grayscale == grey)
    for (fit, interpolation) in zip(PictureFit.allCases, PictureInterpolation.allCases) {
      let resizing = PictureResizing(
        to: .init(height: 5, width: 9), fit: fit, interpolation: interpolation, background: 9)
      #expect(resizing.resized(grey).rgb == resizing.resized(grey.rgb))
    }
  }

  @Test(arguments: [(1, 1), (1, 3000), (3000, 1), (7, 5)])
  func `a picture of any size becomes one of any other`(_ height: Int, _ width: Int) {
    let picture = Picture(.init(height: height, width: width, channels: 3), filledWith: 9)
    for fit in PictureFit.allCases {
      for interpolation in PictureInterpolation.allCases {
        for size in [(1, 1), (1, 40), (40, 1), (64, 64)] {
          let resizing = PictureResizing(
            to: .init(height: size.0, width: size.1), fit: fit, interpolation: interpolation,
            background: 9)
          let resized = resizing.resized(picture)
          #expect(resized.shape.lengths == [size.0, size.1, 3])
          #expect(resized.pixels.allSatisfy { $0 == 9 }, "\(fit), \(interpolation), \(size)")
        }
      }
    }
  }
}
