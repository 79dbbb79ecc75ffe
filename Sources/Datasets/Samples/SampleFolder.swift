import Files

/// A folder of pictures to try with: a folder per class in `train` and in `test`.
package enum SampleFolder {
  /// The number of pictures of each class in a part.
  package static func count(in part: SamplePicture.Part) -> Int { part == .train ? 300 : 60 }

  /// Draws the pictures, called `circle-0001.png` and so on, into the folder at `path`, which is made if it is missing.
  ///
  /// Throws a `DatasetError` if there is something in it, and a `StorageError` if it cannot be written.
  package static func write(to path: String) throws {
    try Storage.createFolder(path)
    let folder = try Folder(path)
    guard try folder.names().isEmpty else { throw DatasetError(path, .notEmpty) }
    for part in SamplePicture.Part.allCases {
      let partFolder = try folder.createFolder(part.rawValue)
      for shape in SampleShape.allCases {
        let shapeFolder = try partFolder.createFolder(shape.rawValue)
        try write(shape, part, to: shapeFolder)
      }
    }
  }

  private static func write(
    _ shape: SampleShape, _ part: SamplePicture.Part, to folder: Folder
  ) throws {
    for index in 0..<count(in: part) {
      let number = String(index + 1)
      let name = String(repeating: "0", count: 4 - number.count) + number
      try folder.write(
        SamplePicture(shape, part: part, index: index).image.encoded(),
        to: "\(shape.rawValue)-\(name).png", isDurable: false)
    }
  }
}

extension DatasetError.Problem {
  static let notEmpty = Self(
    "has something in it", hint: "name a folder that is empty or is not there yet",
    exitStatus: .inputOutput)
}
