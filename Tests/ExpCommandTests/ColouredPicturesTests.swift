import Foundation
import Testing

/// Pictures in three channels on their way from files to records and pages.
@Suite struct ColouredPicturesTests {
  private let place: Workplace

  /// 8×8 pictures of two classes: reddish ones and bluish ones.
  init() throws {
    place = try Workplace()
    for (name, count) in [("train", 40), ("t10k", 20)] {
      let pixels = (0..<count).flatMap { sample in
        (0..<64).flatMap { pixel -> [UInt8] in
          let noise = UInt8((sample * 64 + pixel) * 2_654_435_761 >> 16 & 63)
          return sample % 2 == 0 ? [150 + noise, 50, noise] : [noise, 50, 150 + noise]
        }
      }
      try place.write(
        Stripes.idx([count, 8, 8, 3], pixels), to: "data/\(name)-images-idx3-ubyte")
      try place.write(
        Stripes.idx([count], (0..<count).map { UInt8($0 % 2) }),
        to: "data/\(name)-labels-idx1-ubyte")
    }
  }

  private func write(data: String = "", _ changes: [String: String] = [:]) throws {
    let sections = [
      "name": "colours", "training": "{epochs: 1}",
      "data": "{dataset: {type: idx, path: data}, validation: 10\(data)}",
      "model": "{layers: [flatten, {type: dense, units: 2, activation: softmax}]}",
      "optimizer": "{type: sgd, learning_rate: 1e-9}",
    ]
    try place.write(
      Stripes.spec(sections.merging(changes) { $1 }), to: "colours.yaml")
  }

  /// True if `bytes` are a PNG file of red, green and blue.
  private func isColoured(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x89] + "PNG\r\n".utf8) && bytes[25] == 2
  }

  @Test func `mistakes and sheets are in colour`() throws {
    try write(data: ", normalization: standard", ["augmentation": "[trivial_augment]"])
    try #require(try place.exp("run colours.yaml --quiet").code == 0)
    let run = place.runs(of: "colours")[0]
    let pictures = place.names(in: "\(run)/mistakes")
    #expect(pictures.count > 2)
    let page = try place.text("\(run)/report.html")
    for picture in pictures {
      let bytes = try place.bytes("\(run)/mistakes/\(picture)")
      #expect(isColoured(bytes))
      #expect(page.contains(Data(bytes).base64EncodedString()))
    }
    try #require(try place.exp("data preview colours.yaml -o sheet.png").code == 0)
    #expect(isColoured(try place.bytes("sheet.png")))
  }

  @Test func `a run records how each channel was scaled`() throws {
    try write(data: ", normalization: {mean: [0.2, 0.4, 0.6], std: 0.2}")
    try #require(try place.exp("run colours.yaml --quiet").code == 0)
    let run = place.runs(of: "colours")[0]
    #expect(
      try place.text("\(run)/run.json").contains(
        #""scaling": {"shift": [51.0, 102.0, 153.0], "divisor": [51.0, 51.0, 51.0]}"#))
    #expect(
      try place.text("\(run)/resolved.yaml").contains("mean: [0.2, 0.4, 0.6]"))
    let ending = try place.exp("verify colours")
    #expect(ending.code == 0, "\(ending.error)")
  }

  @Test func `what does not fit three channels is said with its place`() throws {
    try write(
      data: ", normalization: {mean: [0.2, 0.4], std: 0.2}",
      ["augmentation": "[{type: gaussian_blur, kernel_size: 17}]"])
    let ending = try place.exp("check colours.yaml")
    #expect(ending.code == 65)
    #expect(ending.error.contains("'mean' has 2 numbers, but the images have 3 channels"))
    #expect(ending.error.contains("a window of 17×17 is too large for images of 8×8 pixels"))
  }

  @Test func `colours of grey pictures are said not to be there`() throws {
    try place.writeStripes(["augmentation": "[{type: random_hue, fraction: 0.1}]"])
    let ending = try place.exp("check stripes.yaml")
    #expect(ending.code == 65)
    #expect(
      ending.error.contains(
        "'random_hue' needs images with 3 channels, red, green and blue, these have 1"))
  }
}
