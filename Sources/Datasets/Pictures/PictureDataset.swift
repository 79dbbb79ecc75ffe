/// A dataset of picture files.
protocol PictureDataset: DatasetSpec {
  /// How pictures of any size become images of one shape.
  var pictures: PictureFields { get }
}
