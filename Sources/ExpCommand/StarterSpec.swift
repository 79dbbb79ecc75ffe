/// The spec that `exp init` writes. It runs as it is, and its comments explain the next steps.
enum StarterSpec {
  /// Its text for an experiment `name`.
  static func text(name: String) -> String {
    """
    # An experiment: 'exp check' finds mistakes in it, 'exp run' trains it once per seed, 'exp compare' tells how
    # good it is. Editors complete and check it with what 'exp schema > experiment.schema.json' writes.

    name: \(name)
    description: A small network on digits that exp draws itself.
    seeds: [0, 1]                  # a run for each; more of them tell luck from skill, as in 0-4

    data:
      dataset: synthetic_digits    # or mnist, which is downloaded once, or {type: image_folder, path: my-pictures}
      validation: 0.1              # a tenth of the training images, held out: choose by them, never by the test images
      # limit: 1000                # train on only so many images, for a quick trial

    # Done to the training images, anew in each epoch; 'exp data preview' shows what comes of it.
    # augmentation:
    #   - {type: random_rotation, degrees: 10}
    #   - {type: random_translation, pixels: 2}

    model:
      layers:                      # each takes the result of the one before it
        - {type: conv2d, filters: 16, kernel_size: 3, activation: relu}
        - {type: max_pooling2d, pool_size: 2}
        - {type: conv2d, filters: 32, kernel_size: 3, activation: relu}
        - {type: max_pooling2d, pool_size: 2}
        - flatten
        - {type: dense, units: 64, activation: relu}
        - {type: dropout, rate: 0.3}
        - {type: dense, units: 10, activation: softmax}   # as many units as there are classes

    optimizer: {type: adam, learning_rate: 0.001}

    training:
      epochs: 5
      batch_size: 64

    callbacks:
      # The results are those of the best epoch's weights.
      - {type: model_checkpoint, monitor: val_accuracy, save_best_only: true}
      # With more epochs, this ends training when it gets no better.
      # - {type: early_stopping, monitor: val_accuracy, patience: 3}

    targets: {val_accuracy: 0.95, test_f1_macro: 0.95}   # reported as met or missed

    """
  }
}
