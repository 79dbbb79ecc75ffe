import Diagnostics
import Testing

struct SuggestionsTests {
  @Test(arguments: [
    ("Conv2D", "conv2d"), ("ReLU", "relu"), ("MaxPooling2D", "max_pooling2d"), ("Adam", "adam"),
    ("batchSize", "batch_size"), ("EarlyStopping", "early_stopping"),
    ("early-stopping", "early_stopping"), ("MaxPool2d", "max_pooling2d"), ("Linear", "dense"),
    ("lr", "learning_rate"), ("val_acc", "val_accuracy"), ("acc", "accuracy"),
    ("sparse_categorical_crossentropy", "categorical_crossentropy"),
    ("CrossEntropyLoss", "categorical_crossentropy"), ("kernel", "kernel_size"),
    ("batch", "batch_size"), ("bs", "batch_size"), ("out_channels", "filters"),
    ("out_features", "units"), ("n_epochs", "epochs"), ("p", "rate"), ("f1", "f1_macro"),
    ("filter", "filters"), ("leraning_rate", "learning_rate"), ("flaten", "flatten"),
    ("stride", "strides"), ("epohcs", "epochs"),
  ])
  func findWhatMigrantsAndTypistsMean(_ written: String, _ meant: String) {
    let names = [
      "conv2d", "relu", "max_pooling2d", "dense", "adam", "early_stopping", "flatten",
      "categorical_crossentropy", "learning_rate", "val_accuracy", "accuracy", "kernel_size",
      "batch_size", "filters", "units", "epochs", "rate", "f1_macro", "strides",
    ]
    #expect(Suggestions.nearest(to: written, among: names, otherNames) == meant)
  }

  private let otherNames: OtherNames = [
    "max_pooling2d": ["MaxPool2d"], "dense": ["Linear"], "learning_rate": ["lr"],
    "val_accuracy": ["val_acc"], "accuracy": ["acc"], "kernel_size": ["kernel"],
    "categorical_crossentropy": ["sparse_categorical_crossentropy", "CrossEntropyLoss"],
    "batch_size": ["batch", "bs"], "filters": ["out_channels"], "units": ["out_features"],
    "epochs": ["n_epochs"], "rate": ["p"], "f1_macro": ["f1"],
  ]

  @Test(arguments: ["foo", "x", "", "gelu_approximation", String(repeating: "a", count: 100_000)])
  func nothingIsSuggestedWithoutLikeness(_ written: String) {
    #expect(Suggestions.nearest(to: written, among: ["dense", "relu", "conv2d"]) == nil)
  }

  @Test func onlyWhatIsValidInThatPlaceIsSuggested() {
    #expect(Suggestions.nearest(to: "lr", among: ["momentum", "nesterov"], otherNames) == nil)
  }
}
