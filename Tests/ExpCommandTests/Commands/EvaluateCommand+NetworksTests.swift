import Files
import Foundation
import Testing

/// Test sets that stand alone, and networks that have no scores: `exp evaluate RUN… --data FILE`
@Suite struct EvaluateCommandNetworksTests {
  private let place: Workplace
  private let run: String

  init() throws {
    place = try Workplace()
    try place.writeStripes(["name": "stripes"])
    try #require(try place.exp("run stripes.yaml").code == 0)
    run = try #require(place.runs(of: "stripes").first)
  }

  @Test func `a network that gives no numbers has no scores`() throws {
    try place.write("data: {dataset: {type: idx, path: data}}\n", to: "same.yaml")
    let weights = "\(run)/weights.safetensors"
    var bytes = try place.bytes(weights)
    let header = 8 + Int(bytes[0]) + Int(bytes[1]) << 8
    // 2¹²⁷: of what the dense layer adds up nothing is finite.
    for start in stride(from: header, to: bytes.count, by: 4) {
      bytes.replaceSubrange(start..<start + 4, with: [0, 0, 0, 0x7F])
    }
    let former = try SHA256.hexDigest(of: place.bytes(weights))
    try place.write(bytes, to: weights)
    try place.replace(former, by: SHA256.hexDigest(of: bytes), in: "\(run)/results.json")
    let reason = "error: the network of '\(run)' gives no numbers for these images"
    let scored = try place.exp("evaluate \(run) --data same.yaml")
    #expect(scored.code == 66)
    #expect(scored.error.hasPrefix(reason))
    #expect(!place.exists("\(run)/evaluations"))
    try place.write(place.bytes("data/t10k-images-idx3-ubyte"), to: "scans")
    let predicted = try place.exp("predict \(run) scans")
    #expect(predicted.code == 66)
    #expect(predicted.error.hasPrefix(reason))
  }

  @Test func `a test set alone is checked and shown as it is scored`() throws {
    try place.write(place.bytes("data/t10k-images-idx3-ubyte"), to: "scans/images")
    try place.write(place.bytes("data/t10k-labels-idx1-ubyte"), to: "scans/labels")
    try place.write(
      "data: {dataset: {type: idx, path: scans}, validation: 24}\n", to: "scans.yaml")
    let notes = "note: the whole dataset is scored, 30 images\n"
    let checked = try place.exp("check scans.yaml stripes.yaml")
    #expect(checked.code == 0)
    #expect(checked.error.contains("warning: 'validation' changes nothing: "))
    #expect(checked.error.hasSuffix(notes))
    #expect(
      checked.output.hasPrefix(
        "scans.yaml: 30 images of 8×8×1, 3 classes, for 'exp evaluate RUN --data'\n"))
    #expect(checked.output.contains("stripes.yaml: stripes\n"))
    let drawn = try place.exp("check scans.yaml --graph layers.svg")
    #expect(drawn.code == 64)
    #expect(drawn.error.contains("'scans.yaml' has 'data' alone: there are no layers to draw"))
    let shown = try place.exp("data show scans.yaml --set data.validation=20")
    #expect(shown.code == 0)
    #expect(shown.error.hasSuffix(notes))
    #expect(
      shown.output.hasPrefix(
        "idx, 8×8×1, 3 classes\n\nclass  test\n0        10\n1        10\n2        10\n"))
    let preview = try place.exp("data preview scans.yaml -o sheet.png")
    #expect(preview.code == 0)
    #expect(preview.error.contains("sheet.png: 10 images, each beside 7 versions"))
    #expect(place.exists("sheet.png"))
    // A run needs more.
    let run = try place.exp("run scans.yaml")
    #expect(run.code == 65)
    #expect(run.error.contains("'experiment' needs 'model'"))
    // So does what sets more.
    let more = try place.exp("check scans.yaml --set training.epochs=1")
    #expect(more.code == 65)
    #expect(more.error.contains("'experiment' needs 'model'"))
  }

  @Test func `a test set alone, of one class, is scored`() throws {
    let images = try place.bytes("data/t10k-images-idx3-ubyte").dropFirst(16)
    // Every third image is of class 1.
    let ones = stride(from: 1, to: 30, by: 3).flatMap { images.dropFirst($0 * 64).prefix(64) }
    try place.write(Stripes.idx([10, 8, 8], ones), to: "ones/scans")
    try place.write(Stripes.idx([10], [UInt8](repeating: 1, count: 10)), to: "ones/classes")
    try place.write("data: {dataset: {type: idx, path: ones}}\n", to: "ones.yaml")
    let ending = try place.exp("evaluate \(run) --data ones.yaml")
    #expect(ending.code == 0)
    #expect(ending.error == "note: the whole dataset is scored, 10 images\n")
    let before = try place.predicted(by: run)
    let right = stride(from: 1, to: 30, by: 3).count { before[$0] == 1 }
    #expect(try place.predicted(by: "\(run)/evaluations/ones").count { $0 == 1 } == right)
  }
}
