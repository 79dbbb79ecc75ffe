internal import CKernels
import Diagnostics
import Specs
import Tensors

/// The ways in which a picture of another aspect ratio becomes one of the size that is wanted.
package enum PictureFit: String, CaseIterable, SpecValue {
  /// Height and width are scaled each for itself.
  case stretch
  /// What is too much at both sides, or above and below, is cut off; as Pillow's `ImageOps.fit`.
  case crop
  /// The whole picture, with a border at both sides, or above and below; as Pillow's `ImageOps.pad`.
  case pad

  package static var otherValues: OtherNames {
    [
      "stretch": ["squash", "distort", "fill"],
      "crop": ["center_crop", "cover", "crop_to_aspect_ratio"],
      "pad": ["letterbox", "contain", "pad_to_aspect_ratio"],
    ]
  }
}

/// The ways to compute the pixels of a picture of another size.
package enum PictureInterpolation: String, CaseIterable, SpecValue {
  /// Means weighted by nearness; of all pixels that a new one covers, where pictures shrink. As Pillow's `BILINEAR`.
  case bilinear
  /// The nearest pixel alone, as Pillow's `NEAREST`.
  case nearest
  /// The mean of the pixels that a new one covers, as Pillow's `BOX`.
  case area

  package static var otherValues: OtherNames {
    ["bilinear": ["linear", "antialias"], "area": ["box", "INTER_AREA"]]
  }
}

/// The change of pictures of any size to one size, in the integers that Pillow computes with.
package struct PictureResizing: Hashable, Sendable {
  /// Height and width of the result, in pixels.
  let size: Pair
  let fit: PictureFit
  let interpolation: PictureInterpolation
  /// The grey of the border that `pad` adds.
  let background: UInt8

  package init(
    to size: Pair, fit: PictureFit = .stretch, interpolation: PictureInterpolation = .bilinear,
    background: UInt8 = 0
  ) {
    self.size = size
    self.fit = fit
    self.interpolation = interpolation
    self.background = background
  }

  /// The picture at the new size.
  package func resized(_ picture: Picture) -> Picture {
    let (height, width) = (Double(picture.shape.height), Double(picture.shape.width))
    var (rows, columns) = (0..<height, 0..<width)
    var target = size
    let ratio = width / height
    let wantedRatio = Double(size.width) / Double(size.height)
    switch fit {
    case .stretch: break
    case .crop where ratio > wantedRatio:
      let left = wantedRatio * height
      columns = (width - left) * 0.5..<(width - left) * 0.5 + left
    case .crop where ratio < wantedRatio:
      let left = width / wantedRatio
      rows = (height - left) * 0.5..<(height - left) * 0.5 + left
    case .pad where ratio > wantedRatio:
      target.height = Self.side(height / width * Double(size.width))
    case .pad where ratio < wantedRatio:
      target.width = Self.side(width / height * Double(size.height))
    case .crop, .pad: break
    }
    let resized = scaled(picture, rows: rows, columns: columns, to: target)
    return target == size ? resized : padded(resized)
  }

  /// A side of the whole picture within the border.
  private static func side(_ length: Double) -> Int {
    max(Int(length.rounded(.toNearestOrEven)), 1)
  }

  private func scaled(
    _ picture: Picture, rows: Range<Double>, columns: Range<Double>, to target: Pair
  ) -> Picture {
    let (rows, columns) = (Self.single(rows), Self.single(columns))
    switch interpolation {
    case .nearest: return nearest(picture, rows: rows, columns: columns, to: target)
    case .bilinear: return means(picture, rows, columns, to: target, filter: .bilinear)
    case .area: return means(picture, rows, columns, to: target, filter: .box)
    }
  }

  /// The range in the precision in which Pillow keeps it.
  private static func single(_ range: Range<Double>) -> Range<Float> {
    Float(range.lowerBound)..<Float(range.upperBound)
  }

  private func nearest(
    _ picture: Picture, rows: Range<Float>, columns: Range<Float>, to target: Pair
  ) -> Picture {
    let channels = picture.shape.channels
    let sourceRows = Self.nearest(rows, of: picture.shape.height, count: target.height)
    let sourceColumns = Self.nearest(columns, of: picture.shape.width, count: target.width)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(target.height * target.width * channels)
    for row in sourceRows {
      for column in sourceColumns {
        let start = (row * picture.shape.width + column) * channels
        pixels += picture.pixels[start..<start + channels]
      }
    }
    return Picture(
      ImageShape(height: target.height, width: target.width, channels: channels), decoded: pixels,
      isTransparent: picture.isTransparent)
  }

  /// The pixel at each new pixel's centre. Steps are added up, as Pillow does it, since products are rounded otherwise.
  private static func nearest(_ part: Range<Float>, of sourceCount: Int, count: Int) -> [Int] {
    let step = Double(part.upperBound - part.lowerBound) / Double(count)
    var place = Double(part.lowerBound) + step * 0.5
    return (0..<count).map { _ in
      defer { place += step }
      return min(max(Int(place), 0), sourceCount - 1)
    }
  }

  private func means(
    _ picture: Picture, _ rows: Range<Float>, _ columns: Range<Float>, to target: Pair,
    filter: ResizingAxis.Filter
  ) -> Picture {
    var (pixels, shape) = (picture.pixels, picture.shape)
    let channels = shape.channels
    // A whole side that keeps its length keeps its pixels.
    if columns != 0..<Float(shape.width) || target.width != shape.width {
      let lanes = channels == 3 ? 4 : 1
      let axis = ResizingAxis(
        of: columns, sourceCount: shape.width, count: target.width, filter: filter, lanes: lanes,
        block: Int(EXP_RESIZING_BLOCK))
      let changed = ImageShape(height: shape.height, width: target.width, channels: channels)
      var row = [UInt8](repeating: 0, count: axis.rowSize(width: shape.width, lanes: lanes))
      pixels = Self.pixels(changed.elementCount) { result in
        axis.withKernelAxis {
          exp_resize_rows(
            pixels, Int64(shape.height), Int64(shape.width), Int32(channels), $0, &row, result)
        }
      }
      shape = changed
    }
    if rows != 0..<Float(shape.height) || target.height != shape.height {
      let axis = ResizingAxis(
        of: rows, sourceCount: shape.height, count: target.height, filter: filter)
      let changed = ImageShape(height: target.height, width: shape.width, channels: channels)
      pixels = Self.pixels(changed.elementCount) { result in
        axis.withKernelAxis {
          exp_resize_columns(pixels, Int64(shape.width * channels), $0, result)
        }
      }
      shape = changed
    }
    return Picture(shape, decoded: pixels, isTransparent: picture.isTransparent)
  }

  /// Bytes that `fill` writes all of.
  private static func pixels(
    _ count: Int, _ fill: (UnsafeMutablePointer<UInt8>?) -> Void
  ) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      fill(buffer.baseAddress)
      initialized = count
    }
  }

  /// The picture in the middle of one of the wanted size.
  private func padded(_ picture: Picture) -> Picture {
    let (shape, channels) = (picture.shape, picture.shape.channels)
    let whole = ImageShape(height: size.height, width: size.width, channels: channels)
    func start(_ difference: Int) -> Int {
      Int((Double(difference) * 0.5).rounded(.toNearestOrEven))
    }
    let top = start(size.height - shape.height)
    let left = start(size.width - shape.width)
    var pixels = [UInt8](repeating: background, count: whole.elementCount)
    for row in 0..<shape.height {
      let source = row * shape.width * channels
      let target = ((top + row) * size.width + left) * channels
      let count = shape.width * channels
      pixels.replaceSubrange(
        target..<target + count, with: picture.pixels[source..<source + count])
    }
    return Picture(whole, decoded: pixels, isTransparent: picture.isTransparent)
  }
}

extension Picture {
  /// The picture in grey, as Pillow's `convert('L')`: the luma of ITU-R 601.
  package var grayscale: Picture {
    guard shape.channels == 3 else { return self }
    let count = shape.height * shape.width
    let grey = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      exp_luma(pixels, Int64(count), buffer.baseAddress)
      initialized = count
    }
    return Picture(
      ImageShape(height: shape.height, width: shape.width, channels: 1), decoded: grey,
      isTransparent: isTransparent)
  }

  /// The picture with a red, a green and a blue channel.
  package var rgb: Picture {
    guard shape.channels == 1 else { return self }
    let tripled = [UInt8](unsafeUninitializedCapacity: 3 * pixels.count) { buffer, initialized in
      for (place, grey) in pixels.enumerated() {
        buffer[3 * place..<3 * place + 3].initialize(repeating: grey)
      }
      initialized = buffer.count
    }
    return Picture(
      ImageShape(height: shape.height, width: shape.width, channels: 3), decoded: tripled,
      isTransparent: isTransparent)
  }
}
