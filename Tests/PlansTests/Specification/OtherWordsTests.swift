import Plans
import Specs
import Testing

/// Words of other tools, which stand with the things that they are words for.
struct OtherWordsTests {
  @Test func keysOfOtherToolsAreExplained() {
    let vocabulary = Vocabulary(root: ExperimentSpec.self)
    #expect(
      vocabulary.advice(on: "input_shape") == "the input's shape comes from the data")
    #expect(
      vocabulary.advice(on: "metrics")
        == "all metrics are always computed, f1_macro among them")
    #expect(vocabulary.advice(on: "filters") == nil)
    // What one augmentation says of a key is wrong of a pooling layer's.
    #expect(vocabulary.advice(on: "height") == nil)
  }

  @Test(arguments: [
    ("lr", "learning_rate"), ("Linear", "dense"), ("n_epochs", "epochs"),
    ("swa", "stochastic_weight_averaging"),
  ])
  func theWholeSpecHasThemAll(word: String, name: String) {
    #expect(Vocabulary(root: ExperimentSpec.self).otherNames[word].first == name)
  }
}
