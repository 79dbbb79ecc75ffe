import Datasets
import Diagnostics
import Tensors
import Testing

/// What is asked of images to train on, and not of those that networks are only scored on.
@Suite struct TestSetLenienceTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func set(_ dataset: String) throws -> TestSet {
    try testSet("{dataset: {\(dataset)}}", cachedIn: folder)
  }

  private func png(_ value: UInt8) throws -> [UInt8] {
    try Picture(.init(height: 2, width: 3, channels: 1), filledWith: value).encodedPNG()
  }

  // MARK: classes that the training part lacks

  @Test func `tables may have other classes to test than to train on`() throws {
    let path = try folder.write(
      Array("label,pixel0\noak,0\ndaisy,0\n".utf8), to: "train.csv")
    let test = try folder.write(Array("label,pixel0\nrose,0\noak,9\n".utf8), to: "test.csv")
    let set = try set("type: csv, path: '\(path)', test_path: '\(test)', image_shape: [1, 1]")
    #expect(try set.labels(in: ["rose", "elm", "oak"]) == [0, 2])
    let error = try datasetError { try set.labels(in: ["oak", "daisy"]) }
    #expect(error.message == "the network does not know the class 'rose'")
  }

  @Test func `so may tables of picture files`() throws {
    try folder.write(png(1), to: "a.png")
    let path = try folder.write(Array("image,label\na.png,oak\n".utf8), to: "train.csv")
    let test = try folder.write(Array("image,label\na.png,rose\n".utf8), to: "test.csv")
    let set = try set("type: csv, path: '\(path)', test_path: '\(test)', image: image")
    #expect(try set.labels(in: ["daisy", "rose"]) == [1])
  }

  @Test func `so may folders`() throws {
    for path in ["train/oak", "train/daisy", "test/rose", "test/oak"] {
      try folder.write(png(1), to: "flowers/\(path)/x.png")
    }
    let set = try set("type: image_folder, path: '\(folder.path)/flowers'")
    #expect(try set.labels(in: ["rose", "oak"]) == [1, 0])
    let error = try datasetError { try set.labels(in: ["oak", "daisy"]) }
    #expect(error.message == "the network does not know the class 'rose'")
  }

  // MARK: keys that split a training part

  /// Datasets of test images that have none to train on beside them, ten of one class.
  private func alone() throws -> [String] {
    try folder.write(idx([10, 2, 3], (0..<60).map { $0 }), to: "mine/scans")
    try folder.write(idx([10], [UInt8](repeating: 4, count: 10)), to: "mine/truth")
    for number in 0..<10 { try folder.write(png(1), to: "flowers/test/4/\(number).png") }
    return [
      "type: npz, path: '\(fixture("test-alone.npz"))'",
      "type: npz, path: '\(fixture("plain.npz"))'",
      "type: idx, path: '\(folder.path)/mine'",
      "type: image_folder, path: '\(folder.path)/flowers'",
    ]
  }

  @Test func `of a test set alone no part is held out`() throws {
    for dataset in try alone() {
      let error = #expect(throws: Diagnostic.self) {
        try testSet("{dataset: {\(dataset)}, test: 0.2}", cachedIn: folder)
      }
      #expect(error?.message.hasPrefix("the dataset has test images of its own, ") == true)
      #expect(error?.location?.line == 1)
    }
  }

  @Test func `a test set alone is scored whole, whatever a training part would be split by`() throws
  {
    for dataset in try alone() {
      // The second time from the cache.
      for _ in 0..<2 {
        let set = try testSet("{dataset: {\(dataset)}, validation: 24}", cachedIn: folder)
        #expect(set.isWholeDataset)
        #expect(set.count == (dataset.contains("npz") ? 3 : 10))
        #expect(
          set.warnings.all.map(\.message) == [
            "'validation' changes nothing: nothing is chosen here"
          ])
      }
    }
  }

  // MARK: one class

  @Test func `the only class of numbered images can be named`() throws {
    try folder.write(idx([2, 2, 3], (0..<12).map { $0 }), to: "mine/scans")
    for label: UInt8 in [0, 1] {
      try folder.write(idx([2], [label, label]), to: "mine/truth")
      let set = try set("type: idx, path: '\(folder.path)/mine', class_names: [oak]")
      #expect(try set.labels(in: ["daisy", "oak"]) == [1, 1])
    }
    try folder.write(idx([2], [7, 7]), to: "mine/truth")
    let error = try datasetError {
      try set("type: idx, path: '\(folder.path)/mine', class_names: [oak]")
    }
    #expect(error.message == "its labels go up to 7, but 'class_names' has 1 name")
  }

  // MARK: messages

  @Test func `of IDX files that are only scored, none is asked for to train on`() throws {
    try folder.write(idx([2, 2, 3], (0..<12).map { $0 }), to: "mine/scans")
    let prefix = try datasetError {
      try set("type: idx, path: '\(folder.path)/mine', prefix: me")
    }
    #expect(prefix.message == "holds no IDX files with the prefix 'me'")
    #expect(
      prefix.hint
        == "the folder needs me-t10k-images-idx3-ubyte and me-t10k-labels-idx1-ubyte, plain or with .gz"
    )
    let path = try datasetError { try set("type: idx, path: '\(folder.path)/mine/scans'") }
    #expect(path.message == "is a file, not a folder")
    #expect(path.hint == "'path' is the folder that has the images and the labels")
  }
}
