import Datasets
import Diagnostics
import Specs
import Tensors
import Testing

@Suite struct TestSetTests {
  private let folder: TestFolder
  private let shape = ImageShape(height: 1, width: 1, channels: 1)
  private let scaling = PixelScaling(shift: [0], divisor: [255])

  init() throws { folder = try TestFolder() }

  /// A set of images of one pixel, one of each of the classes `names`.
  private func testSet(of names: [String]) throws -> TestSet {
    let rows = names.map { "\($0),0\n" }.joined()
    let path = try folder.write(Array(("label,pixel0\n" + rows).utf8), to: "test.csv")
    let yaml = "{dataset: {type: csv, path: '\(path)', image_shape: [1, 1]}}"
    var diagnostics = Diagnostics()
    let section = try DataSpec.decode(
      YAML.parse(SourceFile(path: "a.yaml", text: yaml)), &diagnostics)
    return try TestSet(#require(section, "\(diagnostics.rendered())"), from: cache(folder))
  }

  private func labels(_ names: [String], in classNames: [String]) throws -> [Int] {
    let samples = try testSet(of: names)
      .samples(classNames: classNames, imageShape: shape, scaling: scaling).samples
    return (0..<samples.count).map(samples.label(of:))
  }

  @Test func `classes are matched by name`() throws {
    #expect(try labels(["tulip", "daisy"], in: ["daisy", "rose", "tulip"]) == [2, 0])
  }

  @Test func `as many classes as labels can count are matched`() throws {
    let names = (0..<256).map { "c\($0)" }
    #expect(try labels(["c255", "c0"], in: names) == [255, 0])
  }

  @Test func `a class that the network does not know is named`() throws {
    let error = try datasetError { _ = try labels(["daisy", "oak"], in: ["daisy", "rose"]) }
    #expect(error.message == "the network does not know the class 'oak'")
  }

  @Test func `without images for the final score all are taken`() throws {
    #expect(try testSet(of: ["daisy", "oak"]).isWholeDataset)
  }
}
