import Testing

@Suite struct DataShowCommandTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.writeStripes()
  }

  @Test func `images are counted by class and part, and measured`() throws {
    let ending = try place.exp("data show stripes.yaml")
    #expect(ending.code == 0)
    #expect(ending.error == "")
    let lines = ending.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines.prefix(7) == [
        "idx, 8×8×1, 3 classes", "", "class  training  validation  test",
        "0            24           8    10", "1            24           8    10",
        "2            24           8    10", "total        72          24    30",
      ])
    #expect(lines[8] == "channel    mean      sd")
    #expect(lines[9].wholeMatch(of: /grey     0\.[23]\d{3}  0\.[12]\d{3}/) != nil, "\(lines[9])")
  }

  @Test func `images that stand in two parts are told`() throws {
    let images = try place.bytes("data/train-images-idx3-ubyte")
    // The first ten test images are the first ten to train on.
    let test = try place.bytes("data/t10k-images-idx3-ubyte")
    try place.write(
      Array(test[..<16] + images[16..<656] + test[656...]), to: "data/t10k-images-idx3-ubyte")
    let shown = try place.exp("data show stripes.yaml").output
    #expect(shown.contains("test images are also among the training images, pixel for pixel"))
    let run = try place.exp("run stripes.yaml")
    #expect(run.error.contains("note: "))
    #expect(run.error.contains("also among the training images, pixel for pixel"))
    #expect(try place.text("\(place.runs(of: "stripes")[0])/log.txt").contains("also among"))
  }
}
