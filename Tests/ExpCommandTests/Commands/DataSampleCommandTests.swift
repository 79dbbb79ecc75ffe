import Foundation
import Testing

@Suite struct DataSampleCommandTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test func `what it draws is what experiments of the project read`() throws {
    let drawn = try place.exp("data sample shapes")
    #expect(drawn.code == 0)
    #expect(
      drawn.output
        == "shapes: 1,800 pictures of 6 classes to train on and 360 to test with, 48×48 pixels\n")
    let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../..").standardized.path
    for name in ["shapes.yaml", "resnet18.yaml"] {
      let spec = try String(contentsOfFile: "\(project)/experiments/\(name)", encoding: .utf8)
      try place.write(spec, to: "experiments/\(name)")
      let checked = try place.exp("check experiments/\(name)")
      #expect(checked.code == 0, "\(checked.error)")
    }
  }

  @Test func `a folder with something in it is left as it is`() throws {
    try place.write("mine", to: "shapes/notes.txt")
    let ending = try place.exp("data sample shapes")
    #expect(ending.code == 74)
    #expect(
      ending.error == """
        shapes: error: has something in it
        hint: name a folder that is empty or is not there yet

        """)
    #expect(place.names(in: "shapes") == ["notes.txt"])
  }

  @Test func `a folder that cannot be made is told`() throws {
    try place.write("", to: "file")
    let ending = try place.exp("data sample file/shapes")
    #expect(ending.code == 74)
    #expect(ending.error.contains("cannot create 'file"))
  }
}
