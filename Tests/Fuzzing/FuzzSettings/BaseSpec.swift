/// Specs in which values are set.
enum BaseSpec {
  static let all = [plain, composed, swept]

  /// Lists with and without names, short forms, callbacks.
  private static let plain = """
    data: {dataset: mnist, validation: 0.1}
    augmentation: [{type: random_rotation, degrees: 10}]
    model:
      layers:
        - {type: conv2d, filters: 8, kernel_size: 3, activation: relu, name: first}
        - max_pooling2d
        - flatten
        - {type: dense, units: 10, activation: softmax}
    optimizer: adam
    training: {epochs: 3}
    callbacks: [{type: early_stopping, patience: 2}, model_checkpoint]
    targets: {val_accuracy: 0.9}
    """

  /// Variables, a block and a repetition.
  private static let composed = """
    variables: {width: 16, rate: 0.25}
    blocks:
      hidden:
        parameters: {units: null}
        layers: [{type: dense, units: '${units}', activation: relu}, {type: dropout, rate: '${rate}'}]
    data: {dataset: {type: synthetic_digits, training: 100, test: 20}, validation: 20}
    model:
      layers:
        - flatten
        - {type: block, use: hidden, units: '${width * 2}'}
        - {type: repeat, times: 2, layers: [{type: dense, units: '${width}'}]}
        - {type: dense, units: 10, activation: softmax}
    optimizer: {type: sgd, learning_rate: '${rate / 10}', momentum: 0.9}
    training: {epochs: 2, batch_size: 16}
    """

  /// A sweep.
  private static let swept = """
    data: {dataset: mnist}
    sweep:
      parameters:
        optimizer.learning_rate: [0.01, 0.001]
        model.layers.dense.units: {small: 8, large: 32}
    model: {layers: [flatten, {type: dense, units: 16}, {type: dense, units: 10, activation: softmax}]}
    optimizer: {type: adam, learning_rate: 0.001}
    training: {epochs: 1}
    """
}
