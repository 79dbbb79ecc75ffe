/// A dataset of picture files.
package protocol PictureDataset: DatasetSpec {
  /// The fields that make pictures of any size images of one shape.
  var pictures: PictureFields { get }

  /// True if it has files of pictures, not numbers of pixels.
  var hasPictures: Bool { get }
}

extension PictureDataset {
  package var hasPictures: Bool { true }
}
