import Datasets
import Documents
import Files
import Records
import Specs

/// The identity of an experiment. Tables, `--missing` and `exp resume` all use it to decide whether two runs are of the
/// same experiment.
///
/// It consists of all values in force, except the seed, the fold and values that cannot change a result. Files are represented by
/// their contents, so the same images are the same experiment wherever they are stored. Values that equal their
/// defaults are left out, so that a field added later does not change any identity.
///
/// Class names are a part of it: under the same labels in another order of names, what one network calls a cat another
/// calls a dog. Scores by class, and on other data, whose classes are matched by name, have no mean over such runs.
extension ExperimentPlan {
  /// The SHA-256 of the identity that the runs of this plan on `data` share, in hexadecimal.
  package func specHash(_ data: DataDigest) -> String {
    func words(_ name: String, _ part: DataDigest.Part) -> String {
      let words = [name, "\(part.count)", part.pixels, part.labels, part.groups]
      return words.compactMap(\.self).joined(separator: " ")
    }
    let names = self.data.classNames
    let isNumbered = names == names.indices.map(String.init)
    let parts =
      (isNumbered ? [] : ["classes " + PlainValue.list(names.map(PlainValue.string)).canonicalJSON])
      + [words("training", data.training)]
      + [data.validation.map { words("validation", $0) }, data.test.map { words("test", $0) }]
      .compactMap(\.self)
    return spec.hash(
      besides: ["dataset"],
      of: [data.imageShape.map(String.init).joined(separator: "×")] + parts)
  }
}

extension ExperimentSpec {
  /// The same for comparing plans before any data is read: datasets are represented by their settings.
  var nominalHash: String { hash(besides: [], of: []) }

  fileprivate func hash(besides omitted: [String], of contents: [String]) -> String {
    let texts =
      [
        canonicalJSON(without: ExperimentSpec.sectionsOfRun + ["data"]),
        data.only(nil).canonicalJSON(without: omitted),
      ] + contents
    return SHA256.hexDigest(of: Array(texts.joined(separator: "\n").utf8))
  }
}

extension DataDigest {
  /// The digest that a run recorded; nil if it is incomplete.
  package init?(_ recorded: Manifest.DataSummary) {
    func own(_ part: Manifest.DataPart) -> Part? {
      recorded.contents(of: part).flatMap {
        $0.isHeldOut
          ? nil : Part(count: $0.count, pixels: $0.pixels, labels: $0.labels, groups: $0.groups)
      }
    }
    guard let training = own(.training) else { return nil }
    self.init(
      imageShape: recorded.imageShape, training: training, validation: own(.validation),
      test: own(.test))
  }
}

extension Manifest.Contents {
  /// The record of `digest`, the contents of `part`.
  package init(_ part: Manifest.DataPart, isHeldOut: Bool = false, _ digest: DataDigest.Part) {
    self.init(
      part: part, isHeldOut: isHeldOut, count: digest.count, pixels: digest.pixels,
      labels: digest.labels, groups: digest.groups)
  }

  /// The record of `part`, which the dataset has of its `own`, or else of what is held out for it; nil if there is
  /// neither.
  package init?(_ part: Manifest.DataPart, own: DataDigest.Part?, heldOut: DataDigest.Part?) {
    guard let digest = own ?? heldOut else { return nil }
    self.init(part, isHeldOut: own == nil, digest)
  }
}
