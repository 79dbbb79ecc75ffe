/// A dataset of picture files.
package protocol PictureDataset: DatasetSpec {
  /// The fields that make pictures of any size images of one shape.
  var pictures: PictureFields { get }
}
