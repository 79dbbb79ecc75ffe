import Datasets
import ExperimentExamples
import Plans
import Records
import Testing

@Suite("What makes two runs the same experiment")
struct ExperimentIdentityTests {
  private static let training = DataDigest.Part(count: 4, pixels: "a", labels: "b")
  private static let test = DataDigest.Part(count: 2, pixels: "c", labels: "d")

  private func plan(_ data: String) throws -> ExperimentPlan {
    try #require(try Reading(spec(["data": data])).plan)
  }

  private func synthetic(_ fields: String, _ split: String = "validation: 20") -> String {
    "{dataset: {type: synthetic_digits, size: 16, \(fields)}, \(split)}"
  }

  @Test("the contents of the data count, and not how the dataset is called and where it lies")
  func contents() throws {
    let one = try plan(synthetic("training: 60, test: 20"))
    let other = try plan(synthetic("training: 60, test: 20, seed: 7"))
    #expect(one.specHash == other.specHash)
    let changed = [
      DataDigest(
        imageShape: [2, 2, 1], training: .init(count: 4, pixels: "x", labels: "b"), test: Self.test),
      DataDigest(
        imageShape: [2, 2, 1], training: .init(count: 4, pixels: "a", labels: "x"), test: Self.test),
      DataDigest(
        imageShape: [2, 2, 1], training: Self.training,
        test: .init(count: 2, pixels: "x", labels: "d")),
      DataDigest(
        imageShape: [2, 2, 1], training: Self.training,
        test: .init(count: 2, pixels: "c", labels: "x")),
      DataDigest(imageShape: [1, 4, 1], training: Self.training, test: Self.test),
      DataDigest(imageShape: [2, 2, 1], training: Self.test, test: Self.training),
    ]
    #expect(Set(changed.map(one.specHash) + [one.specHash]).count == changed.count + 1)
  }

  @Test("how the data are split and scaled are values of the experiment")
  func splits() throws {
    let data = try ["", ", split_seed: 1", ", normalization: standard", ", limit: 30"].map {
      try plan(synthetic("training: 60, test: 20", "validation: 20" + $0)).specHash
    }
    #expect(Set(data).count == data.count)
  }

  @Test("other names of the classes make another experiment, for they say what labels mean")
  func classNames() throws {
    // Images of one shape, and ten classes each; the data themselves are those of the example.
    let hashes = try ["mnist", "qmnist", "kmnist", "fashion_mnist"].map {
      try plan("{dataset: \($0), validation: 20}").specHash
    }
    #expect(hashes[0] == hashes[1], "both are called 0 to 9")
    #expect(Set(hashes).count == 3)
  }

  /// Runs of days gone by are compared with those of today by this. Where a default changes, it must become another
  /// value's, or old and new runs would be taken for one experiment: the format of runs rises then.
  @Test("the hash of an experiment is the same from one version to the next")
  func literal() throws {
    let hash = try plan(synthetic("training: 60, test: 20")).specHash
    #expect(hash == "34905ccc7cb86900624ae4fea58491d84563f05b371f85225c54ef75f2a34977")
  }

  @Test("the digest that a run recorded is that of its data")
  func recorded() {
    let digest = DataDigest(imageShape: [2, 2, 1], training: Self.training, test: Self.test)
    func summary(_ contents: [Manifest.Contents]) -> Manifest.DataSummary {
      .init(
        dataset: "idx", imageShape: [2, 2, 1], classNames: ["0"], trainingCount: 3,
        validationCount: 1, testCount: 2, contents: contents,
        scaling: .init(shift: [0], divisor: [255]))
    }
    let contents: [Manifest.Contents] = [
      .init(.training, Self.training),
      .init(.validation, isHeldOut: true, .init(count: 1, pixels: "e", labels: "f")),
      .init(.test, Self.test),
    ]
    #expect(DataDigest(summary(contents)) == digest)
    // Without a test part it is another dataset, and without training images none.
    #expect(DataDigest(summary(Array(contents.dropLast())))?.test == nil)
    #expect(DataDigest(summary(Array(contents.dropFirst()))) == nil)
  }
}
