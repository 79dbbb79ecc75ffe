import Datasets
import Diagnostics
import Specs
import Testing

/// The test set that the section `yaml` of the file `a.yaml` declares, with its cache in `folder`.
func testSet(_ yaml: String, cachedIn folder: TestFolder) throws -> TestSet {
  var diagnostics = Diagnostics()
  let section = try DataSpec.decode(
    YAML.parse(SourceFile(path: "a.yaml", text: yaml)), &diagnostics)
  return try TestSet(#require(section, "\(diagnostics.rendered())"), from: cache(folder))
}

extension TestSet {
  /// The labels of the images for a network of the classes `classNames`, trained on labels from `firstLabel` on.
  func labels(in classNames: [String], from firstLabel: Int? = nil) throws -> [Int] {
    let samples = try samples(
      for: "the network", classNames: classNames, firstLabel: firstLabel, imageShape: imageShape,
      scaling: PixelScaling(
        shift: [Double](repeating: 0, count: imageShape.channels),
        divisor: [Double](repeating: 255, count: imageShape.channels))
    ).samples
    return (0..<samples.count).map(samples.label(of:))
  }
}
