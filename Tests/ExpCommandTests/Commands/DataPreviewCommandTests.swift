import Foundation
import Testing

@Suite struct DataPreviewCommandTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.writeStripes([
      "augmentation": "[{type: random_translation, pixels: 2}, {type: mixup, alpha: 1}]"
    ])
  }

  @Test func aSheetIsWritten() throws {
    let ending = try place.exp("data preview stripes.yaml -o sheet.png --count 3")
    #expect(ending.code == 0)
    #expect(ending.output == "")
    #expect(
      ending.error == """
        sheet.png: 3 training images, each beside 7 versions (684×256 pixels)
        row 1: 0
        row 2: 1
        row 3: 2

        """)
    #expect(try place.bytes("sheet.png").starts(with: [0x89] + "PNG\r\n".utf8))
    #expect(place.names(in: ".").filter { $0.contains("sheet") } == ["sheet.png"])
  }

  @Test func aLinkLeadsToTheSheet() throws {
    try place.write("old", to: "kept.png")
    try #require(symlink("kept.png", place.path + "/sheet.png") == 0)
    #expect(try place.exp("data preview stripes.yaml -o sheet.png --count 3").code == 0)
    #expect(try place.bytes("kept.png").starts(with: [0x89] + "PNG\r\n".utf8))
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: place.path + "/sheet.png")
        == "kept.png")
  }

  @Test func theSheetIsDecidedBySeedAndEpoch() throws {
    func sheet(_ options: String) throws -> [UInt8] {
      #expect(try place.exp("data preview stripes.yaml -o sheet.png \(options)").code == 0)
      return try place.bytes("sheet.png")
    }
    let first = try sheet("")
    #expect(try sheet("--seed 0 --epoch 1") == first)
    #expect(try sheet("--seed 1") != first)
    #expect(try sheet("--epoch 2") != first)
  }

  @Test func withoutAugmentationItSaysSo() throws {
    try place.writeStripes()
    let ending = try place.exp("data preview stripes.yaml --output sheet.png")
    #expect(ending.code == 0)
    #expect(
      ending.error.hasSuffix(
        "note: stripes.yaml has no 'augmentation', so the versions are all the same\n"))
  }

  @Test(arguments: [
    ("-o nowhere/sheet.png", 74, "error: cannot write 'nowhere/sheet.png': there is no folder"),
    ("-o data", 64, "error: '--output' must end in '.png', got 'data'"),
    ("-o stripes.yaml", 64, "error: '--output' must end in '.png', got 'stripes.yaml'"),
    ("", 64, "error: Missing expected argument '--output <file>'"),
    ("-o a.png --epoch 0", 64, "error: '--epoch' must be between 1 and 1000000, got 0"),
    ("-o a.png --seed -1", 64, "error: "),
    ("-o a.png --count 0", 64, "error: '--count' must be between 1 and 200, got 0"),
  ])
  func whatCannotBeDoneIsSaid(options: String, code: Int, message: String) throws {
    let ending = try place.exp("data preview stripes.yaml \(options)")
    #expect(ending.code == Int32(code))
    #expect(ending.error.hasPrefix(message), "\(ending.error)")
  }

  @Test func mistakesAreFoundFirst() throws {
    try place.writeStripes(["augmentation": "[cutmix, mixup]"])
    let ending = try place.exp("data preview stripes.yaml -o sheet.png")
    #expect(ending.code == 65)
    #expect(ending.error.contains("error: 'cutmix' must be the last step"))
    #expect(!place.exists("sheet.png"))
  }
}
