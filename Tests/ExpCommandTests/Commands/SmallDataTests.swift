import Testing

/// Few images of few classes, as a user has them in a table: what cannot be divided or measured is told before training.
struct SmallDataTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try write("table.csv", classes: ["cat", "dog"])
    try place.write(spec(of: "table.csv", classes: 2), to: "pets.yaml")
  }

  /// A table of 24 images of two by two pixels, of each class alike, where `group` tells each one's group.
  private func write(
    _ name: String, classes: [String],
    group: (_ image: Int, _ label: Int) -> String = { "\($0),\($1)" }
  ) throws {
    let lines = (0..<24).map { image -> String in
      let label = image % classes.count
      let pixels = (0..<4).map { "\((image * 37 + $0 * 11 + label * 60) % 256)" }
      return "\(classes[label]),\"\(group(image, label))\"," + pixels.joined(separator: ",")
    }
    try place.write("label,who,p0,p1,p2,p3\n" + lines.joined(separator: "\n") + "\n", to: name)
  }

  private func exp(_ words: [String]) throws -> Ending {
    try Command(words, in: place.path).ending()
  }

  private func spec(of table: String, classes: Int, _ others: String = "") -> String {
    """
    data:
      dataset: {type: csv, path: \(table)\(others)}
      folds: 3
    model: {layers: [flatten, {type: dense, units: \(classes), activation: softmax}]}
    optimizer: adam
    training: {epochs: 3, batch_size: 8}

    """
  }

  @Test(arguments: [
    "callbacks=[{type: early_stopping, monitor: val_top_5_accuracy}]",
    "callbacks=[{type: model_checkpoint, monitor: val_top_5_accuracy, save_best_only: true}]",
    "callbacks=[{type: reduce_lr_on_plateau, monitor: val_top_3_accuracy}]",
    "targets={val_top_5_accuracy: 0.9}",
  ])
  func `a metric that so few classes do not define is an error`(setting: String) throws {
    let ending = try exp(["check", "pets.yaml", "--set", setting])
    #expect(ending.code == 65)
    #expect(ending.error.contains("accuracy' is undefined for 2 classes"), "\(ending.error)")
    #expect(ending.error.contains("take a metric of fewer classes, such as 'val_accuracy'"))
  }

  @Test func `more folds than a class has images are found before anything trains`() throws {
    try place.write("extends: pets.yaml\ndata: {folds: 13}\n", to: "many.yaml")
    for command in ["check many.yaml", "run pets.yaml many.yaml", "run many.yaml --dry-run"] {
      let ending = try place.exp(command)
      #expect(ending.code == 65)
      #expect(
        ending.error.contains("many.yaml:2:15: error: class 'cat' has 12 images"), "\(ending.error)"
      )
    }
    #expect(!place.exists("runs"))
  }

  @Test func `a fold for each group may lack a class, which is said of all folds`() throws {
    // Each of six patients has one class.
    try write("patients.csv", classes: ["cat", "dog"]) { image, label in "\(label)-\(image % 3)" }
    try place.write(
      spec(of: "patients.csv", classes: 2, ", group: who").replacingFolds(by: 6),
      to: "patients.yaml")
    let check = try place.exp("check patients.yaml")
    #expect(check.code == 0, "\(check.error)")
    #expect(
      check.error.contains("warning: folds without images of a class: folds "), "\(check.error)")
    let ending = try exp([
      "run", "patients.yaml", "--fold", "0",
      "--set", "callbacks=[{type: early_stopping, monitor: val_roc_auc_macro, patience: 1}]",
      "--set", "targets={val_roc_auc_macro: 0.5}",
    ])
    #expect(ending.code == 0, "\(ending.error)")
    let reason = "warning: val_roc_auc_macro is undefined here: no validation image is of "
    #expect(ending.error.ranges(of: reason).count == 1, "\(ending.error)")
    #expect(!ending.error.contains("stopped:"), "\(ending.error)")
    #expect(
      ending.output.contains(
        "target val_roc_auc_macro ≥ 0.5: cannot be judged (no seed has all of its folds)"),
      "\(ending.output)")
  }

  @Test func `a group that is too large is named, and no way out leads to another error`() throws {
    try write("uneven.csv", classes: ["cat", "dog"]) { image, _ in image < 16 ? "Ann" : "\(image)" }
    try place.write(spec(of: "uneven.csv", classes: 2, ", group: who"), to: "uneven.yaml")
    let ending = try place.exp("check uneven.yaml")
    #expect(ending.code == 65)
    #expect(
      ending.error.contains(
        "uneven.yaml:3:10: error: group 'Ann' has 16 images, more than a fold of 8"))
    #expect(ending.error.contains("take 'folds: 9', one for each group"), "\(ending.error)")
    #expect(try place.exp("check uneven.yaml --set folds=9").code == 0)
  }

  @Test(arguments: [
    ("data.cross_val=5", "did you mean 'folds'?"),
    ("data.stratified_kfold=5", "did you mean 'folds'?"),
    ("data.validation_folds=5", "did you mean 'folds'?"),
    ("training.oversample=true", "did you mean 'sampling'?"),
    ("training.class_balanced=true", "did you mean 'sampling'?"),
    ("training.sampling=oversample", "did you mean 'balanced'?"),
    ("training.sampling=weighted", "did you mean 'balanced'?"),
    ("training.sampling=WeightedRandomSampler", "did you mean 'balanced'?"),
    ("loss.pos_weight=2", "did you mean 'class_weight'?"),
    ("data.positive_class=dog", "of two classes the second is the positive one"),
    ("loss.positive_class=dog", "of two classes the second is the positive one"),
    ("callbacks=[{type: early_stopping, monitor: auc_roc}]", "did you mean 'val_roc_auc_macro'?"),
  ])
  func `words for folds, imbalance and two classes lead to what there is`(
    setting: String, hint: String
  ) throws {
    let ending = try exp(["check", "pets.yaml", "--set", setting])
    #expect(ending.code == 65)
    #expect(ending.error.contains(hint), "\(ending.error)")
  }

  @Test func `other names of metrics lead to them in every command`() throws {
    for word in ["auc", "auc_roc", "roc_auc"] {
      #expect(try place.exp("explain \(word)").error.contains("did you mean 'roc_auc_macro'?"))
      #expect(
        try place.exp("compare --metrics \(word)").error.contains(
          "did you mean 'val_roc_auc_macro'?"))
    }
  }
}

extension String {
  fileprivate func replacingFolds(by count: Int) -> String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.contains("folds:") ? "  folds: \(count)" : String($0) }.joined(separator: "\n")
  }
}
