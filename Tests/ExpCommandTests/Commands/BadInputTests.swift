import ChildPrograms
import Foundation
import Testing

/// What is wrong with files and folders ends the command with the right code, says where, and leaves
/// nothing behind.
@Suite struct BadInputTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.writeStripes()
  }

  enum Damage: CaseIterable, CustomTestStringConvertible {
    case missing, truncated, tooLong, wrongMagicNumber, swapped, unknownLabel, countMismatch
    case gzipCutShort, noFolder, pipe

    var testDescription: String { "\(self)" }

    var said: String {
      switch self {
      case .missing: "data/t10k-labels-idx1-ubyte: error: no such file or folder"
      case .truncated:
        "data/train-images-idx3-ubyte: error: cut short: it holds 1000 bytes, its header announces 6160"
      case .tooLong:
        "data/t10k-labels-idx1-ubyte: error: goes on after the 38 bytes that it should have"
      case .wrongMagicNumber:
        "data/train-images-idx3-ubyte: error: not an IDX file of images: it starts with 0x00000d03"
      case .swapped: "hint: these are labels: are the image and label files swapped?"
      case .unknownLabel:
        "data/t10k-labels-idx1-ubyte: error: label 7 of image 0 is not among the classes"
      case .countMismatch:
        "data/train-labels-idx1-ubyte: error: holds 95 labels, but "
      case .gzipCutShort:
        "data/train-images-idx3-ubyte.gz: error: damaged gzip stream: it is cut short"
      case .noFolder: "data: error: no such file or folder"
      case .pipe: "data/t10k-labels-idx1-ubyte: error: cannot be read: not a regular file"
      }
    }

    func damage(_ place: Workplace) throws {
      let images = "data/train-images-idx3-ubyte"
      let testLabels = "data/t10k-labels-idx1-ubyte"
      func remove(_ file: String) throws {
        try FileManager.default.removeItem(atPath: "\(place.path)/\(file)")
      }
      switch self {
      case .missing: try remove(testLabels)
      case .truncated: try place.write(Array(try place.bytes(images).prefix(1000)), to: images)
      case .tooLong: try place.write(try place.bytes(testLabels) + [0], to: testLabels)
      case .wrongMagicNumber:
        try place.write([0, 0, 13] + (try place.bytes(images).dropFirst(3)), to: images)
      case .swapped: try place.write(try place.bytes("data/train-labels-idx1-ubyte"), to: images)
      case .unknownLabel:
        var bytes = try place.bytes(testLabels)
        bytes[8] = 7
        try place.write(bytes, to: testLabels)
      case .countMismatch:
        try place.write(
          Stripes.idx([95], (0..<95).map { UInt8($0 % 3) }), to: "data/train-labels-idx1-ubyte")
      case .gzipCutShort:
        #expect(try ChildProgram(["gzip", "\(place.path)/\(images)"]).failure() == nil)
        try place.write(Array(try place.bytes("\(images).gz").dropLast(200)), to: "\(images).gz")
      case .noFolder: try remove("data")
      case .pipe:
        try remove(testLabels)
        #expect(mkfifo("\(place.path)/\(testLabels)", 0o600) == 0)
      }
    }
  }

  @Test(arguments: Damage.allCases)
  func damagedDataLeavesNoRun(damage: Damage) throws {
    try damage.damage(place)
    let ending = try place.exp("run stripes.yaml")
    #expect(ending.code == 66)
    #expect(ending.error.contains(damage.said), "\(ending.error)")
    #expect(ending.error.contains("\nhint: "))
    #expect(ending.output == "")
    #expect(!place.exists("runs"))
  }

  @Test func aCheckSeesThatImagesAndLabelsDoNotBelongTogether() throws {
    try Damage.countMismatch.damage(place)
    let ending = try place.exp("check stripes.yaml")
    #expect(ending.code == 66)
    #expect(ending.error.contains(Damage.countMismatch.said))
  }

  @Test func aSpecMayComeThroughAPipe() throws {
    try place.write(
      Stripes.spec(["data": "{dataset: {type: idx, path: \(place.path)/data}, validation: 24}"]),
      to: "stripes.yaml")
    let program = try Command.program().path
    var shell = ChildProgram(["sh", "-c", "cat stripes.yaml | '\(program)' check /dev/stdin"])
    shell.directory = place.path
    let (ending, output) = try shell.run()
    #expect(ending == .exited(status: 0))
    #expect(String(decoding: output, as: UTF8.self).contains("conv2d"))
  }

  @Test func absentMNISTSaysWhatToDo() throws {
    try place.write(
      Stripes.spec([
        "data": "{dataset: mnist}",
        "model": "{layers: [flatten, {type: dense, units: 10, activation: softmax}]}",
      ]), to: "mnist.yaml")
    try place.write("Nothing here.", to: "mine/README")
    // An address that cannot be reached, whatever this machine is connected to.
    let ending = try place.exp(
      "run mnist.yaml --data-dir mine", environment: ["https_proxy": "http://127.0.0.1:9"])
    #expect(ending.code == 66)
    #expect(
      ending.error.contains(
        "error: dataset 'mnist' is not on this machine and could not be downloaded\n"))
    #expect(ending.error.contains("  mine/mnist\n  \(place.path)/.cache/exp/mnist\n"))
    #expect(ending.error.hasSuffix("exp run experiments/synthetic-quickstart.yaml\n"))
    #expect(!place.exists("runs"))
    #expect(place.names(in: ".cache/exp/mnist") == [])
  }

  @Test func anOutputFolderBelowAFileCannotBeMade() throws {
    let ending = try place.exp("run stripes.yaml --output-dir stripes.yaml/runs")
    #expect(ending.code == 74)
    #expect(ending.error.hasSuffix("error: cannot create 'stripes.yaml': Not a directory\n"))
    #expect(place.names(in: ".") == ["data", "stripes.yaml"])
  }

  @Test(.enabled(if: Volume.canMount, "only root may mount a file system"))
  func aReadOnlyOutputFolderStaysAsItIs() throws {
    let volume = try Volume(at: "\(place.path)/disk", options: "size=1m,ro")
    let ending = try place.exp("run stripes.yaml --output-dir disk")
    #expect(ending.code == 74)
    #expect(ending.error.hasSuffix("error: cannot create 'disk/stripes': Read-only file system\n"))
    withExtendedLifetime(volume) {}
  }

  @Test(.enabled(if: Volume.canMount, "only root may mount a file system"))
  func aFullDiskInterruptsTheRunAndSaysSo() throws {
    // Some 800 kB of weights, and room for half of them.
    try place.writeStripes([
      "model": "{layers: [flatten, {type: dense, units: 3000, activation: relu}, "
        + "{type: dense, units: 3, activation: softmax}]}"
    ])
    let volume = try Volume(at: "\(place.path)/disk", options: "size=400k")
    let ending = try place.exp("run stripes.yaml --output-dir disk --seeds 0-1")
    #expect(ending.code == 74)
    #expect(ending.error.contains("\nerror: disk/stripes/"))
    #expect(ending.error.contains("not run: 1 of 2 runs\n"))
    #expect(ending.error.contains(".safetensors': No space left on device\n"))
    let run = try #require(place.runs(of: "stripes", in: "disk").first)
    #expect(
      place.names(in: run) == [
        "history.csv", "log.txt", "origins.json", "resolved.yaml", "run.json", "spec.yaml", "state",
        "training_images.bin", "values.json",
      ])
    let manifest = try place.json("\(run)/run.json")
    #expect(manifest["status"] as? String == "interrupted")
    #expect(manifest["exit_code"] as? Int == 74)
    #expect(ending.output.contains("   0  interrupted"))
    withExtendedLifetime(volume) {}
  }

  @Test(.enabled(if: Volume.canMount, "only root may mount a file system"))
  func aDiskFullFromTheStartLeavesNoRun() throws {
    let volume = try Volume(at: "\(place.path)/disk", options: "size=4k")
    try place.write([UInt8](repeating: 1, count: 4096), to: "disk/full")
    let ending = try place.exp("run stripes.yaml --output-dir disk")
    #expect(ending.code == 74)
    #expect(ending.error.contains("No space left on device\n"))
    #expect(place.names(in: "disk/stripes") == [])
    withExtendedLifetime(volume) {}
  }

  @Test(arguments: ["check stripes.yaml", "compare", "list"])
  func resultsThatCannotBeWrittenAreAnError(line: String) throws {
    let ending = try Command(
      line.split(separator: " ").map(String.init), in: place.path, outputPath: "/dev/full"
    ).ending()
    #expect(ending.code == 74)
    #expect(
      ending.error.contains("error: cannot write to standard output: No space left on device\n"))
  }

  @Test func anExperimentWithoutDataDoesNotKeepTheOthersFromRunning() throws {
    try place.write(
      Stripes.spec(["data": "{dataset: {type: idx, path: data}}"]), to: "second.yaml")
    try place.write(
      Stripes.spec(["data": "{dataset: mnist}", "model": Self.tenClasses]), to: "first.yaml")
    let ending = try place.exp(
      "run first.yaml second.yaml", environment: ["https_proxy": "http://127.0.0.1:9"])
    #expect(ending.code == 66)
    #expect(ending.error.contains("error: dataset 'mnist' is not on this machine"))
    #expect(ending.error.contains("not run: "))
    #expect(place.runs(of: "first").isEmpty)
    #expect(!place.runs(of: "second").isEmpty)
  }

  private static let tenClasses =
    "{layers: [flatten, {type: dense, units: 10, activation: softmax}]}"

  @Test(arguments: [
    ("run", "Missing expected argument '<file> ...'"),
    ("run stripes.yaml --seed 1 --seeds 2", "give '--seed' or '--seeds', not both"),
    ("run stripes.yaml --seed=-1", "'--seed' must be between 0 and 4294967295, got -1"),
    (
      "run stripes.yaml --seeds 4-1",
      "'4-1' is invalid for '--seeds <list>': needs seeds such as 0-4 or 1,3,5"
    ),
    ("run stripes.yaml --threads 0", "'--threads' must be between 1 and 256, got 0"),
    (
      "run stripes.yaml --data-dir mine", "'--data-dir' needs a folder, but there is none at 'mine'"
    ),
    ("run stripes.yaml --thread 1", "Unknown option '--thread'. Did you mean '--threads'?"),
    ("chekc stripes.yaml", "there is no command 'chekc'; did you mean 'check'?"),
    ("compare --metrics f1", "--metrics: there is no score 'f1'"),
    (
      "data get cifar",
      "The value 'cifar' is invalid for '<name>'. Please provide one of the following:\n  - mnist\n  - fashion_mnist"
    ),
  ])
  func wrongUsageSaysWhatIsRight(line: String, said: String) throws {
    let ending = try place.exp(line)
    #expect(ending.code == 64)
    #expect(ending.error.contains(said), "\(ending.error)")
    #expect(!place.exists("runs"))
  }
}

/// A small file system in memory, unmounted with the value.
private final class Volume {
  static var canMount: Bool {
    guard getuid() == 0 else { return false }
    let folder = NSTemporaryDirectory() + "exp-volume-" + UUID().uuidString
    return (try? Volume(at: folder, options: "size=4k")) != nil
  }

  private let path: String

  init(at path: String, options: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    self.path = path
    try #require(
      try Self.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", path]) == .exited(status: 0))
  }

  deinit {
    _ = try? Self.run(["umount", path])
    rmdir(path)
  }

  private static func run(_ arguments: [String]) throws -> ChildProgram.Ending {
    var program = ChildProgram(arguments)
    program.isQuiet = true
    return try program.run().ending
  }
}
