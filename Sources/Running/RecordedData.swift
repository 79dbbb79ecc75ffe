import Datasets
import Files
import Plans
import Records
import Tensors

extension DatasetSummary {
  /// The facts that the run in `folder` recorded about its data. Throws `DamagedFileError` if they cannot be true.
  init(_ data: Manifest.DataSummary, in folder: RunFolder) throws(DamagedFileError) {
    let lengths = data.imageShape
    guard lengths.count == 3, lengths.allSatisfy({ (1...Self.longestSide).contains($0) }),
      !data.classNames.isEmpty
    else {
      throw DamagedFileError(
        path: folder.path(of: .manifest), reason: "no image has the shape \(lengths)")
    }
    guard Set(data.classNames).count == data.classNames.count else {
      throw DamagedFileError(
        path: folder.path(of: .manifest), reason: "two of its classes have one name")
    }
    guard data.contents.allSatisfy({ $0.count >= 0 }) else {
      throw DamagedFileError(
        path: folder.path(of: .manifest), reason: "a part of the data has less than no images")
    }
    let shape = ImageShape(height: lengths[0], width: lengths[1], channels: lengths[2])
    func own(_ part: Manifest.DataPart) -> Int? {
      data.contents(of: part).flatMap { $0.isHeldOut ? nil : $0.count }
    }
    self.init(
      imageShape: shape, classNames: data.classNames, trainingCount: own(.training) ?? 0,
      validationCount: own(.validation), testCount: own(.test))
  }

  /// In pixels; more than any picture that is read has.
  private static let longestSide = 1 << 16
}

extension PixelScaling {
  /// The map that the run in `folder` recorded. Throws `DamagedFileError` if it does not fit the images.
  init(_ data: Manifest.DataSummary, in folder: RunFolder) throws(DamagedFileError) {
    let (shift, divisor) = (data.scaling.shift, data.scaling.divisor)
    guard [shift.count, divisor.count] == [data.imageShape[2], data.imageShape[2]],
      divisor.allSatisfy({ $0 > 0 }),
      zip(shift, divisor).allSatisfy({ shift, divisor in
        [0, 255].allSatisfy { byte in Float((byte - shift) / divisor).isFinite }
      })
    else {
      throw DamagedFileError(
        path: folder.path(of: .manifest), reason: "its scaling does not fit its images")
    }
    self.init(shift: shift, divisor: divisor)
  }
}
