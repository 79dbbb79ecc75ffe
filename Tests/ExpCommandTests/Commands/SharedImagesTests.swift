import Foundation
import Testing

/// Scores on images that a network was trained on say nothing about new ones: whatever shows them tells how many there are.
@Suite struct SharedImagesTests {
  private let place: Workplace
  private let run: String

  init() throws {
    place = try Workplace()
    try place.writeStripes(["name": "stripes"])
    try #require(try place.exp("run stripes.yaml").code == 0)
    run = try #require(place.runs(of: "stripes").first)
  }

  /// The output of `exp` with these arguments, without line breaks.
  private func words(_ arguments: String) throws -> String {
    try place.exp(arguments).output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test func `the images that a run was trained on are counted, and every table says so`() throws {
    try place.writeOtherData()
    #expect(try place.exp("evaluate stripes --data other.yaml").error == "")
    // All training images, of which the run has held 24 out for validation.
    for part in ["images-idx3", "labels-idx1"] {
      try place.write(
        place.bytes("data/train-\(part)-ubyte"), to: "other/t10k-\(part)-ubyte")
    }
    for option in ["", " --ensemble"] {
      let ending = try place.exp("evaluate stripes --data other.yaml --force\(option)")
      #expect(ending.code == 0)
      #expect(
        ending.error == "note: 72 of 96 scored images were among the training images of \(run)\n")
    }
    let record = try place.json("\(run)/evaluations/other/evaluation.json")
    #expect(record["shared_count"] as? Int == 72)
    let note = "stripes: 72 of 96 test images were among the training images of 1 run"
    #expect(try words("compare --evaluation other").contains(note))
    #expect(try !words("compare").contains("among the training images"))
    #expect(try words("show \(run)").contains("72 among its training images"))
  }

  @Test func `a test part that is split otherwise than the run's is said to have training images`()
    throws
  {
    // Without a test part, both hold one out, by different seeds.
    for name in Stripes.names.prefix(2) {
      try place.write(place.bytes("data/\(name)"), to: "whole/\(name)")
    }
    func data(_ seed: Int) -> String {
      "{dataset: {type: idx, path: whole}, validation: 0.25, test: 0.25, split_seed: \(seed)}"
    }
    try place.writeStripes(["name": "split", "data": data(0)])
    try #require(try place.exp("run stripes.yaml").code == 0)
    for (seed, isOther) in [(0, false), (1, true)] {
      try place.write("data: \(data(seed))\n", to: "by-\(seed).yaml")
      let ending = try place.exp("evaluate split --data by-\(seed).yaml")
      #expect(ending.code == 0)
      #expect(
        ending.error.contains(" of 24 scored images were among the training images of ") == isOther)
    }
  }

  @Test func `without its fingerprints, nothing is said to be new to a run`() throws {
    try FileManager.default.removeItem(atPath: "\(place.path)/\(run)/training_images.bin")
    try place.writeOtherData()
    let ending = try place.exp("evaluate stripes --data other.yaml")
    #expect(ending.code == 0)
    #expect(
      ending.error
        == "note: whether \(run) was trained on some of the images is unknown: it has no training_images.bin\n"
    )
    #expect(try words("show \(run)").contains("perhaps on training images"))
  }

  @Test func `a run's own test images are told likewise`() throws {
    for part in ["images-idx3", "labels-idx1"] {
      try place.write(place.bytes("data/train-\(part)-ubyte"), to: "data/t10k-\(part)-ubyte")
    }
    let ending = try place.exp("run stripes.yaml --output-dir shared")
    #expect(ending.code == 0)
    #expect(ending.error.contains("72 of 96 test images are also among the training images"))
    #expect(
      try words("show latest --output-dir shared").contains("(72 of these for training, too)"))
    #expect(
      try words("compare --output-dir shared").contains(
        "stripes: 72 of 96 test images were among the training images of 1 run"))
  }
}
