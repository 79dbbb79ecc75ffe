import Foundation
import Testing

@Suite struct ExplainCommandTests {
  private let place: Workplace
  private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().path

  init() throws { place = try Workplace() }

  /// The text for each name is that of a file in `Fixtures/Explain`; `all` is that without a name.
  @Test(arguments: [
    "all", "metrics", "roc_auc_macro", "experiment", "training", "conv2d", "adam", "early_stopping",
    "layers",
    "callbacks",
    "gaussian_noise", "slurm", "training.batch_size", "optimizer.learning_rate", "patience",
    "model.layers.conv2d.filters", "callbacks.early_stopping.patience",
  ])
  func itSays(name: String) throws {
    let ending = try place.exp("explain" + (name == "all" ? "" : " \(name)"))
    #expect(ending.code == 0)
    #expect(ending.error == "")
    let file = "\(Self.tests)/Fixtures/Explain/\(name).txt"
    #expect(try ending.output == String(contentsOfFile: file, encoding: .utf8))
  }

  @Test(arguments: [
    (
      "Conv2D", "there is nothing called 'Conv2D' to explain",
      "did you mean 'conv2d'? there are sections "
    ),
    (
      "conv2d.kernel", "'conv2d' has no 'kernel'",
      "did you mean 'kernel_size'? 'conv2d' has filters"
    ),
    ("", "there is nothing called '' to explain", "there are sections"),
  ])
  func anUnknownNameIsAMistakeOfUsage(name: String, message: String, hint: String) throws {
    let ending = try Command(["explain", name], in: place.path).ending()
    #expect(ending.code == 64)
    #expect(ending.output == "")
    #expect(ending.error.hasPrefix("error: \(message)\nhint: \(hint)"), "\(ending.error)")
  }

  @Test func namesAreCompleted() throws {
    let ending = try place.exp(
      "---completion explain -- positional@0 2 0 exp explain c",
      environment: ["SAP_SHELL": "bash", "SAP_SHELL_VERSION": "5"])
    let names = ending.output.split(separator: "\n")
    #expect(names.contains("conv2d"), "\(ending.output)\(ending.error)")
    #expect(names.contains("callbacks"))
  }

  @Test func theReferencePageIsWhatIsPrinted() throws {
    let page = try String(
      contentsOfFile: "\(Self.tests)/../../docs/reference.md", encoding: .utf8)
    #expect(
      try place.exp("explain --reference").output == page,
      "'exp explain --reference > docs/reference.md' renews it")
    #expect(try place.exp("explain --reference conv2d").code == 64)
  }
}
