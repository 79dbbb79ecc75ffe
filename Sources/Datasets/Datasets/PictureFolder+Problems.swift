import TextLayout

extension DatasetError.Problem {
  static let noFolder = Self(
    "no such folder",
    hint:
      "a relative path starts at the folder of the YAML file; '--data-dir FOLDER' looks for it by its name in another folder"
  )

  static let noFolderButFile = Self(
    "not a folder",
    hint: "unpack an archive first: 'path' is the folder with a folder for each class")

  static let picturesWithoutClass = Self(
    "its pictures lie in no folder of a class",
    hint:
      "move them into a folder for each class, such as daisy/ and rose/; the folders' names are the classes"
  )

  static func tooFewClassFolders(_ names: [String]) -> Self {
    Self(
      names.isEmpty
        ? "has no folder of a class"
        : "has only one class, \(listed(names, most: 1)); at least 2 are needed",
      hint:
        "each class is a folder with its pictures; or there are train/ and test/ with a folder for each class"
    )
  }

  static func tooManyClassFolders(_ count: Int) -> Self {
    Self(
      "has \(count) folders of classes; at most 256 are possible", hint: "is this the right folder?"
    )
  }

  static func classNameTwice(_ name: String) -> Self {
    Self(
      "two classes are called \(name.withoutControlCharacters), in different characters of Unicode",
      hint: "rename one of the folders, or move the pictures of both into one")
  }

  static func emptyClasses(_ names: [String], _ prefix: String) -> Self {
    Self(
      "\(names.count == 1 ? "this class has" : "these classes have") no pictures: "
        + listed(names.map { prefix + $0 }, most: 20),
      hint:
        "pictures are files that end in .png, .jpg or .jpeg; remove the folder of a class that is none"
    )
  }

  static func untrainedClass(_ path: String) -> Self {
    Self(
      "\(path.withoutControlCharacters) is a class without training images",
      hint:
        "the classes are the folders in the training part: rename or remove this one, or add it there"
    )
  }

  static func emptyPart(_ prefix: String) -> Self {
    Self("\(prefix) has no pictures that can be read", hint: "add some, or remove the folder")
  }

  static func foldersBesideParts(_ folders: [String], _ parts: [String]) -> Self {
    Self(
      "has the parts \(listed(parts, most: 5)), but beside them \(listed(folders, most: 5))",
      hint:
        "parts are train/, validation/ and test/; move other folders away, or if all are classes, rename \(listed(parts, most: 5))"
    )
  }

  static func partTwice(_ names: [String]) -> Self {
    Self(
      "has one part twice: \(listed(names, most: 5))", hint: "move the pictures of both into one")
  }

  static func noTrainingFolder(_ folders: [String]) -> Self {
    Self(
      "has \(listed(folders, most: 5)), but no train/",
      hint: "call the folder with the training images 'train'")
  }

  static let noGroupFolders = Self(
    "no picture lies in a folder below that of its class, so 'group: folder' has no groups",
    hint: "move the pictures of each group into a folder, such as daisy/garden1/, or remove 'group'"
  )

  static func tooDeep(_ path: String) -> Self {
    Self(
      "has more than 32 folders in each other: \(String(path.prefix(100)).withoutControlCharacters)",
      hint: "is this the right folder?")
  }
}
