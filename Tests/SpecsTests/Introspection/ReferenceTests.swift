import Specs
import Testing

struct ReferenceTests {
  private struct Odd: Spec {
    static let type = "odd", summary = "Has *stars* and | pipes."
    static let source: String? = "Some_one 2020"
    @Field("One of a | b, or <none>.") var choice = "a|b"
  }

  @Test func itHasAChapterForEachPart() {
    let text = Reference(Vocabulary(root: Experiment.self)).text
    #expect(text.hasPrefix("# Reference\n"))
    for line in [
      "- [Experiment](#experiment)\n", "\n## Training\n", "\n## Layers\n", "\n### dropout\n",
      "| `epochs` | whole number, at least 1 | required | Passes over the training images. |\n",
      "| `batch_size` | whole number, at least 1 | `32` | Images in a step. |\n",
      "They stand under `layers`.\n",
    ] {
      #expect(text.contains(line), "\(line)")
    }
  }

  @Test func whatMarkdownWouldTakeForItsOwnIsEscaped() {
    let text = Reference(Vocabulary(root: Odd.self)).text
    #expect(text.contains("Has \\*stars\\* and \\| pipes.\n"))
    #expect(text.contains("| `choice` | text | `\"a\\|b\"` | One of a \\| b, or \\<none>. |\n"))
  }
}
