import Specs
import Testing

struct ExplanationTests {
  private static let vocabulary = Vocabulary(root: Experiment.self)

  @Test func aSpecIsExplainedByItsFields() throws {
    let text = try Explanation(Self.vocabulary, width: nil).text(of: "training")
    #expect(
      text == """
        training (section)
        How long to train.

          epochs         whole number, at least 1; required
                         Passes over the training images.
          batch_size     whole number, at least 1; default 32
                         Images in a step.
          learning_rate  number, greater than 0; default 0.01
                         Size of a step.
          beta_1         number, at most 1; default 0.9
                         Decay of the mean.
          mixes          true or false; default true
                         Whether to shuffle.

        example
          training: {}

        """)
  }

  @Test func aCatalogueIsExplainedByItsMembers() throws {
    let text = try Explanation(Self.vocabulary, width: nil).text(of: "layers")
    #expect(
      text.hasPrefix(
        """
        layers (under layers)
        From input to output.

          conv2d   Convolves images.
          flatten  Makes each image a vector.
          dropout  Sets a part of its input to zero.

        """))
  }

  @Test(arguments: [20, 40, 60, 80]) func linesFitTheTerminal(width: Int) throws {
    let explanation = Explanation(Self.vocabulary, width: width)
    let texts =
      try [explanation.overview(with: "")]
      + Self.vocabulary.names.map { try explanation.text(of: $0) }
    for line in texts.flatMap({ $0.split(separator: "\n") }) {
      // A name and a word beside it cannot be broken.
      #expect(line.count <= max(width, 38), "\(line)")
    }
  }
}
