import Datasets
import Foundation
import Tensors
import Testing

@Suite struct PredictCommandTests {
  private let place: Workplace
  private let run: String

  init() throws {
    place = try Workplace()
    try place.writeStripes(["name": "stripes"])
    try #require(try place.exp("run stripes.yaml --quiet").code == 0)
    run = try #require(place.runs(of: "stripes").first)
  }

  /// The rows of a CSV without quotes, its header first.
  private func rows(_ text: String) -> [[String]] {
    text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// The class that the run recorded for each test image, and its probability.
  private func recorded() throws -> [(label: String, probability: Float)] {
    try rows(try place.text("\(run)/predictions.csv")).dropFirst().map { row in
      (row[2], try #require(row.suffix(3).compactMap { Float($0) }.max()))
    }
  }

  private func write(_ name: String, side: Int = 8, brightRow: Int = 0) throws {
    let pixels = (0..<side * side).map { UInt8($0 / side / 3 == brightRow ? 150 : 10) }
    let picture = Picture(ImageShape(height: side, width: side, channels: 1), pixels: pixels)
    try place.write(try picture.encodedPNG(), to: name)
  }

  @Test func `a second run is not taken for a folder of pictures`() throws {
    try write("a.png")
    let ending = try place.exp("predict \(run) \(run) a.png --ensemble")
    #expect(ending.code == 64)
    #expect(
      ending.error.contains(
        "error: '\(run)' is a run, or a folder of runs, and has no images to predict\nhint: "))
  }

  @Test func `nor is a folder of runs, whose pages have pictures`() throws {
    try write("a.png")
    let ending = try place.exp("predict \(run) runs/stripes a.png")
    #expect(ending.code == 64)
    #expect(ending.error.contains("error: 'runs/stripes' is a run, or a folder of runs, "))
  }

  @Test func `a folder of other things may have the name of an experiment`() throws {
    try write("a.png")
    // Searching for runs there is a problem of its own.
    try FileManager.default.createDirectory(
      atPath: "\(place.path)/stripes/a\u{1B}b", withIntermediateDirectories: true)
    #expect(try place.exp("predict stripes a.png").code == 0)
  }

  @Test func `a link in the place of weights is said to be one`() throws {
    try write("a.png")
    let weights = "\(place.path)/\(run)/weights.safetensors"
    try FileManager.default.moveItem(atPath: weights, toPath: "\(place.path)/w")
    try FileManager.default.createSymbolicLink(
      atPath: weights, withDestinationPath: "\(place.path)/w")
    let ending = try place.exp("predict \(run) a.png")
    #expect(ending.code == 66)
    #expect(
      ending.error
        == "error: cannot read '\(run)/weights.safetensors': it is a link, which is not followed\n")
  }

  @Test func `test images are predicted as the run recorded, though its data is gone`() throws {
    try FileManager.default.moveItem(
      atPath: "\(place.path)/data/t10k-images-idx3-ubyte", toPath: "\(place.path)/images")
    try FileManager.default.removeItem(atPath: "\(place.path)/data")
    let ending = try place.exp("predict latest images --format csv --top 1")
    #expect(ending.code == 0)
    #expect(ending.error == "")
    let found = rows(ending.output)
    #expect(found.first == ["image", "class", "probability"])
    let recorded = try recorded()
    #expect(found.count == recorded.count + 1)
    for (place, (row, expected)) in zip(found.dropFirst(), recorded).enumerated() {
      #expect(row[0] == "images[\(place)]")
      #expect(row[1] == expected.label)
      #expect(Float(row[2]) == expected.probability)
    }
  }

  @Test func `a table has class, probability and runner-up`() throws {
    try write("pictures/top.png")
    try write("pictures/middle.png", brightRow: 1)
    let ending = try place.exp("predict \(run) pictures")
    #expect(ending.code == 0)
    #expect(ending.error == "")
    let lines = ending.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(
      lines[0].split(separator: " ") == [
        "image", "class", "probability", "runner-up", "its", "probability",
      ])
    #expect(lines[1].hasPrefix("pictures/middle.png  1 "))
    #expect(lines[2].hasPrefix("pictures/top.png     0 "))
  }

  @Test func `a submission has Kaggle's columns`() throws {
    let header = (0..<64).map { "pixel\($0)" }.joined(separator: ",")
    let pixels = [0, 2].map { bright in
      (0..<64).map { $0 / 24 == bright ? "150" : "10" }.joined(separator: ",")
    }
    try place.write(([header] + pixels).joined(separator: "\n") + "\n", to: "test.csv")
    let ending = try place.exp(
      "predict stripes test.csv --columns ImageId=row,Label=class -o submission.csv")
    #expect(ending.code == 0)
    #expect(ending.output == "")
    #expect(try place.text("submission.csv") == "ImageId,Label\n1,0\n2,2\n")
  }

  @Test func `a submission is not written to a file that is named as another format`() throws {
    try write("a.png")
    let ending = try place.exp("predict latest a.png --columns n=row -o a.json")
    #expect(ending.code == 64)
    #expect(
      ending.error.hasPrefix("error: '--columns' writes CSV, but 'a.json' is named as json\n"))
    #expect(!place.exists("a.json"))
    #expect(
      try place.exp("predict latest a.png --columns n=row -o a.json --format csv").code == 0)
    #expect(try place.text("a.json") == "n\n1\n")
  }

  @Test func `the file's name says the format`() throws {
    try write("a.png")
    #expect(try place.exp("predict latest a.png -o a.json").code == 0)
    #expect(try place.text("a.json").hasPrefix("[\n  {\n    \"image\": \"a.png\""))
    #expect(try place.exp("predict latest a.png -o a.md").code == 0)
    #expect(try place.text("a.md").hasPrefix("| image | class |"))
  }

  @Test func `a picture cut in half is named, and the others are predicted`() throws {
    for number in 100..<150 { try write("all/\(number).png", brightRow: number % 3) }
    let bytes = try place.bytes("all/120.png")
    try place.write(Array(bytes.prefix(bytes.count / 2)), to: "all/120.png")
    let ending = try place.exp("predict latest all --columns n=row,c=class")
    #expect(ending.code == 66)
    #expect(ending.error.hasPrefix("all/120.png: error: damaged: "))
    let found = rows(ending.output).dropFirst()
    let numbers = found.compactMap { Int($0[0]) }
    #expect(numbers == Array(1...20) + Array(22...50))
    let classes = found.compactMap { Int($0[1]) }
    #expect(classes == numbers.map { ($0 + 99) % 3 })
  }

  @Test func `what is nothing to predict ends with 66 and no table`() throws {
    try FileManager.default.createDirectory(
      atPath: "\(place.path)/empty", withIntermediateDirectories: false)
    try write("large.png", side: 20)
    for (input, message) in [
      ("gone.png", "gone.png: error: no such file or folder"),
      ("empty", "empty: error: has no pictures"), ("/dev/zero", "/dev/zero: error: cannot be read"),
      ("stripes.yaml", "stripes.yaml: error: not a PNG or JPEG"),
      (
        "large.png", "large.png: error: is 20×20 pixels (height × width), but the network takes 8×8"
      ),
    ] {
      let ending = try place.exp("predict latest \(input) -o out.csv")
      #expect(ending.code == 66)
      #expect(ending.output == "")
      #expect(ending.error.hasPrefix(message), "\(ending.error)")
      #expect(ending.error.contains("\nhint: "))
      #expect(!place.exists("out.csv"))
    }
  }

  @Test func `advice for many pictures is given once`() throws {
    for number in 100..<130 { try write("all/\(number).png", side: 9) }
    let ending = try place.exp("predict latest all")
    #expect(ending.code == 66)
    #expect(ending.error.split(separator: "\n").count == 22)
    #expect(ending.error.contains("\nand 10 more\n"))
  }

  @Test func `names do not steer a terminal`() throws {
    try write("all/a\u{1B}[31m\nb.png")
    for format in ["table", "csv", "json", "markdown"] {
      let ending = try place.exp("predict latest all --format \(format) -o out --force")
      #expect(ending.code == 0)
      let text = try place.text("out")
      #expect(!text.contains("\u{1B}"))
      #expect(!text.contains("\nb.png"))
    }
  }

  @Test func `a file is replaced only by force`() throws {
    try write("a.png")
    try place.write("mine", to: "out.csv")
    let ending = try place.exp("predict latest a.png -o out.csv")
    #expect(ending.code == 74)
    #expect(
      ending.error
        == "error: 'out.csv' is there already\nhint: '--force' replaces it, '-o' names another\n")
    #expect(try place.text("out.csv") == "mine")
    #expect(try place.exp("predict latest a.png -o out.csv --force").code == 0)
    #expect(try place.text("out.csv").hasPrefix("image,class,"))
    let nowhere = try place.exp("predict latest a.png -o nowhere/out.csv")
    #expect(nowhere.code == 74)
    #expect(nowhere.error.contains("cannot write 'nowhere/out.csv': there is no folder 'nowhere'"))
    let folder = try place.exp("predict latest a.png -o nowhere/")
    #expect(folder.code == 74)
    #expect(folder.error.contains("cannot write 'nowhere/': there is no folder 'nowhere'"))
    let picture = try place.bytes("a.png")
    let input = try place.exp("predict latest a.png -o ./a.png --force")
    #expect(input.code == 64)
    #expect(input.error.contains("'./a.png' is an input, and would be replaced by its table"))
    #expect(try place.bytes("a.png") == picture)
  }

  @Test func `no record of a run is replaced, however deep it lies, and behind links`() throws {
    try write("a.png")
    try place.writeOtherData()
    try #require(try place.exp("evaluate latest --data other.yaml").code == 0)
    let record = "\(run)/evaluations/other/predictions.csv"
    let before = try place.bytes(record)
    for (name, target) in [("link.csv", record), ("folder", "\(run)/evaluations")] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(place.path)/\(name)", withDestinationPath: "\(place.path)/\(target)")
    }
    for path in [record, "link.csv", "folder/new.csv", "\(run)/new.csv"] {
      let ending = try place.exp("predict latest a.png -o \(path) --force")
      #expect(ending.code == 64)
      #expect(ending.error.contains("'\(path)' lies in a run's folder"))
    }
    #expect(try place.bytes(record) == before)
    #expect(place.names(in: "\(run)/evaluations") == ["other"])
    // A file of that name alone makes no run of a folder.
    try place.write("{}", to: "run.json")
    #expect(try place.exp("predict latest a.png -o out.csv").code == 0)
  }

  @Test func `runs that find columns in other ways are an ensemble for pictures, not for tables`()
    throws
  {
    let header = (0..<64).map { "pixel\($0)" }.joined(separator: ",") + ",digit,kind"
    let lines = (0..<6).map { number in
      (0..<64).map { $0 / 24 == number % 2 ? "150" : "10" }.joined(separator: ",")
        + ",\(number % 2),\(number % 2)"
    }
    try place.write(([header] + lines).joined(separator: "\n") + "\n", to: "train.csv")
    for label in ["digit", "kind"] {
      try place.writeStripes([
        "name": "tables",
        "data":
          "{dataset: {type: csv, path: train.csv, label: \(label)}, validation: 2}",
        "model": "{layers: [flatten, {type: dense, units: 2, activation: softmax}]}",
      ])
      let ending = try place.exp("run stripes.yaml --quiet")
      try #require(ending.code == 0, "\(ending.error)")
    }
    try write("a.png")
    let pictures = try place.exp("predict tables a.png --ensemble")
    #expect(pictures.code == 0, "\(pictures.error)")
    let tables = try place.exp("predict tables a.png train.csv --ensemble")
    #expect(tables.code == 66)
    #expect(tables.error.contains("make no ensemble: their data prepares pictures in other ways"))
  }

  @Test func `several runs need a word, and then their mean counts`() throws {
    #expect(try place.exp("run stripes.yaml --seed 1 --quiet").code == 0)
    try write("a.png")
    let several = try place.exp("predict stripes a.png")
    #expect(several.code == 66)
    #expect(several.error.contains("matches 2 runs, but one is wanted"))
    #expect(
      several.error.hasSuffix("\nhint: or take the mean of all with '--ensemble'\n"))
    func probability(_ arguments: String) throws -> Double {
      let ending = try place.exp("predict \(arguments) a.png --columns p=p_0")
      return try #require(rows(ending.output).last?.first.flatMap(Double.init))
    }
    let members = try place.runs(of: "stripes").map(probability)
    try #require(members.count == 2 && members[0] != members[1])
    let mean = try probability("stripes --ensemble")
    #expect(abs(mean - (members[0] + members[1]) / 2) < 1e-6)
  }

  @Test func `runs of other classes make no ensemble`() throws {
    let data = "{dataset: {type: idx, path: data, class_names: [a, b, c]}, validation: 24}"
    try place.writeStripes(["name": "named", "data": data])
    #expect(try place.exp("run stripes.yaml --quiet").code == 0)
    try write("a.png")
    let ending = try place.exp("predict runs a.png --ensemble")
    #expect(ending.code == 66)
    #expect(ending.error.contains("make no ensemble: they have other classes: "))
    for run in [run] + place.runs(of: "named") { #expect(ending.error.contains("'\(run)'")) }
  }

  @Test func `calibration changes probabilities, but no class`() throws {
    let images = "data/t10k-images-idx3-ubyte"
    let plain = try place.exp("predict latest \(images) --columns c=class,p=probability")
    let calibrated = try place.exp(
      "predict latest \(images) --columns c=class,p=probability --calibrated")
    #expect(calibrated.code == 0)
    #expect(rows(calibrated.output).map { $0[0] } == rows(plain.output).map { $0[0] })
    #expect(calibrated.output != plain.output)
  }

  @Test func `a run without weights is named`() throws {
    try FileManager.default.removeItem(atPath: "\(place.path)/\(run)/weights.safetensors")
    try write("a.png")
    let ending = try place.exp("predict latest a.png")
    #expect(ending.code == 66)
    #expect(ending.error.hasPrefix("error: '\(run)' has no weights.safetensors, though"))
  }

  @Test(arguments: [
    ("--columns a=nothing", "there is no 'nothing' to put into 'a'"),
    ("--columns a=row --top 3", "'--columns' and '--top' both say"),
    ("--columns a=row --format json", "'--columns' writes CSV, not json"),
    ("-o t.png", "the name 't.png' does not say how to write the table"),
    ("-o t.csv.gz", "the name 't.csv.gz' does not say how to write the table"),
    ("--top 0", "'--top' must be between 1 and the number of classes, 3, got 0"),
    ("--top 4", "'--top' must be between 1 and the number of classes, 3, got 4"),
    ("--prepare digits", "makes images of 28×28 pixels, but the network takes 8×8×1"),
  ])
  func `options that make no sense end with 64`(options: String, message: String) throws {
    try write("a.png")
    let ending = try place.exp("predict latest a.png \(options)")
    #expect(ending.code == 64)
    #expect(ending.error.contains(message), "\(ending.error)")
    #expect(ending.output == "")
  }
}
