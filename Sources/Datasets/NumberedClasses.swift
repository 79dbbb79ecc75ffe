import Specs
import TextLayout

/// The field of datasets whose files number their classes.
package struct ClassNameFields: FieldGroup {
  @Field(
    "Names of the classes, in the order of their labels; by default the labels themselves.",
    example: "[cat, dog]",
    Check("must be 1 to 256 names that differ") { names in
      guard let names else { return true }
      return (1...256).contains(names.count) && Set(names).count == names.count
        && !names.contains("")
    })
  package var classNames: [String]?

  package init() {}
}

/// The classes of a dataset whose labels are numbers from 0, or from 1.
struct NumberedClasses {
  /// The name of each class.
  let names: [String]
  /// The labels that the first class may have: 0 or 1, or both where images to score do not tell. Empty where each label
  /// is a name of its own.
  let firstLabels: [Int]
  /// Facts about the labels that a user should know.
  let notes: [String]
  /// The class of each label; nil for one that images must not have.
  private let classes: [UInt8?]

  /// The classes of the training images with these `labels`, and with these `names` if there are any.
  ///
  /// Without names, the labels have to be all from 0 or 1 to the highest. Throws a `DatasetError` about `path` if they
  /// make no classes.
  init(labels: [UInt8], names: [String]?, in path: String) throws(DatasetError) {
    var occurs = [Bool](repeating: false, count: 256)
    for label in labels { occurs[Int(label)] = true }
    guard let highest = occurs.lastIndex(of: true), occurs.count(where: { $0 }) >= 2 else {
      throw DatasetError(path, .tooFewClasses)
    }
    let first = Self.firstLabel(hasZero: occurs[0], highest: highest, names: names)
    let missing = (first..<highest).filter { !occurs[$0] }
    var notes: [String] = []
    if first == 1 { notes.append("labels 1 to \(highest) are classes 0 to \(highest - 1)") }
    if let names {
      guard first..<first + names.count ~= highest else {
        throw DatasetError(path, .tooFewClassNames(highestLabel: highest, names: names.count))
      }
      let empty = names.indices.filter { !occurs[first + $0] }.map { names[$0] }
      if !empty.isEmpty {
        notes.append("no training image is of class " + empty.joined(separator: ", "))
      }
    } else if !missing.isEmpty {
      throw DatasetError(
        path,
        .labelsWithGaps(
          missing: missing, highest: highest,
          index: labels.firstIndex(of: UInt8(highest)) ?? 0,
          count: labels.count { $0 == highest }))
    }
    self.names = names ?? (first...highest).map(String.init)
    firstLabels = [first]
    self.notes = notes
    classes = occurs.indices.map { occurs[$0] ? UInt8($0 - first) : nil }
  }

  /// The classes of images with these `labels` to score networks on, any of which may be missing. Without names, each is
  /// called as its label. Where the first class may have 0 or 1, they are numbered as if it had 0.
  init(scored labels: [UInt8], names: [String]?, in path: String) throws(DatasetError) {
    let occurring = Set(labels).sorted()
    guard let highest = occurring.last.map(Int.init) else { throw DatasetError(path, .empty) }
    var classes = [UInt8?](repeating: nil, count: 256)
    var notes: [String] = []
    var firstLabels: [Int] = []
    if let names {
      let first = Self.firstLabel(hasZero: occurring[0] == 0, highest: highest, names: names)
      guard highest < first + names.count else {
        throw DatasetError(path, .tooFewClassNames(highestLabel: highest, names: names.count))
      }
      for label in occurring { classes[Int(label)] = label - UInt8(first) }
      let lowest = Int(occurring[0])
      firstLabels = lowest > 0 && first == 0 ? [0, 1] : [first]
      if firstLabels.count > 1 {
        notes.append(
          "labels may count from 0, so that \(lowest) is class '\(names[lowest])', or from 1, so that it is "
            + "'\(names[lowest - 1])': those that a network was trained on decide")
      } else if first == 1 {
        notes.append("labels count from 1: label \(lowest) is class '\(names[lowest - 1])'")
      }
    } else {
      for (number, label) in occurring.enumerated() { classes[Int(label)] = UInt8(number) }
    }
    self.names = names ?? occurring.map(String.init)
    self.firstLabels = firstLabels
    self.classes = classes
    self.notes = notes
  }

  /// The label of the first class: 0, or 1 if no image has 0 and there is a name for each label from 1 to the highest.
  private static func firstLabel(hasZero: Bool, highest: Int, names: [String]?) -> Int {
    !hasZero && names.map { $0.count == highest } ?? true ? 1 : 0
  }

  /// The class of each image that has one of `labels`. Throws a `DatasetError` about `path` if one is of no class that
  /// there are training images of.
  func classes(of labels: [UInt8], in path: String) throws(DatasetError) -> [UInt8] {
    var numbers: [UInt8] = []
    numbers.reserveCapacity(labels.count)
    for (index, label) in labels.enumerated() {
      guard let number = classes[Int(label)] else {
        throw DatasetError(path, .unknownLabel(label: Int(label), index: index))
      }
      numbers.append(number)
    }
    return numbers
  }
}

extension DatasetError.Problem {
  static func tooFewClassNames(highestLabel: Int, names: Int) -> Self {
    Self(
      "its labels go up to \(highestLabel), but 'class_names' has \(counted(names, "name"))",
      hint: "name each class, in the order of the labels")
  }

  static func labelsWithGaps(missing: [Int], highest: Int, index: Int, count: Int) -> Self {
    Self(
      "no training image has label \(ranges(of: missing)), but \(count) "
        + "\(count == 1 ? "has" : "have") label \(highest), the first of them image \(index)",
      hint:
        "labels count from 0 or from 1 without gaps; if classes without training images are meant, name all \(highest + 1) in 'class_names'"
    )
  }

  /// `0, 5 to 7`
  private static func ranges(of numbers: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = ranges.last, last.upperBound == number - 1 {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    let shown = ranges.prefix(10).map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)"
    }
    return shown.joined(separator: ", ") + (ranges.count > shown.count ? " …" : "")
  }
}
