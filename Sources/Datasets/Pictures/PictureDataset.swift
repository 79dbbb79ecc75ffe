/// A dataset of picture files.
package protocol PictureDataset: DatasetSpec {
  /// The fields that make pictures of any size images of one shape.
  var pictures: PictureFields { get }

  /// True if it has files of pictures, not numbers of pixels.
  var hasPictures: Bool { get }
}

extension DatasetSpec {
  /// The way in which its pictures become images; nil if it has none.
  package var pictureFields: PictureFields? {
    (self as? any PictureDataset).flatMap { $0.hasPictures ? $0.pictures : nil }
  }
}

extension PictureDataset {
  package var hasPictures: Bool { true }
}
