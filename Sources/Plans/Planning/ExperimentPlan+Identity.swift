import Datasets
import Files
import Records
import Specs

/// What makes two runs the same experiment is decided here, and asked for everywhere else: by tables, by `--missing`, by
/// who resumes a run.
///
/// It is all values in force, but for those that decide nothing about a result, the seed apart; and in the place of
/// files their contents: wherever the same images lie, it is the same experiment. What has its default is left out, so
/// that a field added later changes nothing.
extension ExperimentPlan {
  /// SHA-256 of what makes the runs of this plan on `data` one experiment, in hexadecimal.
  package func specHash(_ data: DataDigest) -> String {
    let parts = [data.training, data.test].map { "\($0.count) \($0.pixels) \($0.labels)" }
    return hash(
      besides: ["dataset"],
      of: [data.imageShape.map(String.init).joined(separator: "×")] + parts)
  }

  /// Likewise, for plans that are compared with each other before any data is read: by the data that they name.
  var nominalHash: String { hash(besides: [], of: []) }

  private func hash(besides omitted: [String], of contents: [String]) -> String {
    let texts =
      [
        spec.canonicalJSON(without: ExperimentSpec.sectionsOfRun + ["data"]),
        spec.data.canonicalJSON(without: omitted),
      ] + contents
    return SHA256.hexDigest(of: Array(texts.joined(separator: "\n").utf8))
  }
}

extension DataDigest {
  /// The digest that a run recorded; nil if it is incomplete.
  package init?(_ recorded: Manifest.DataSummary) {
    func part(_ part: Manifest.DataPart) -> Part? {
      recorded.contents(of: part).map {
        Part(count: $0.count, pixels: $0.pixels, labels: $0.labels)
      }
    }
    guard let training = part(.training), let test = part(.test) else { return nil }
    self.init(imageShape: recorded.imageShape, training: training, test: test)
  }
}

extension Manifest.Contents {
  /// The record of `digest`, the contents of `part`.
  package init(_ part: Manifest.DataPart, _ digest: DataDigest.Part) {
    self.init(part: part, count: digest.count, pixels: digest.pixels, labels: digest.labels)
  }
}
