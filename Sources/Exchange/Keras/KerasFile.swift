import Tensors

/// A network as a Python file with Keras's functional API, and its weights beside it.
package enum KerasFile: PythonFormat {
  package static let name = "keras"

  /// The file `path`, which declares the network of `model` and runs with each of Keras's backends, and its weights.
  ///
  /// The weights have the layouts that they have here, which are Keras's; their names are those of Keras's layers.
  package static func files(
    of model: ExportedModel, at path: String, _ settings: ExportSettings
  ) throws -> [ExportedFile] {
    let file = try PythonFile(model: model, path: path)
    let layers = KerasLayers(model.graph, hasTemperature: file.hasTemperature)
    let head = [
      file.title(
        library: "Keras 3", packages: "keras with any backend, numpy and safetensors",
        remark: "The model itself takes scaled images, channels last, and gives probabilities.\n"
          + "KERAS_BACKEND=torch or =jax in the environment names another backend than TensorFlow."),
      file.standardImports,
      """
      import keras
      import numpy as np
      from keras import layers
      """,
      file.weightsImport("numpy"), file.constants,
    ]
    let network =
      [
        """
        def build():
            \"""The network, untrained.\"""
            if keras.config.image_data_format() != "channels_last":
                raise ValueError("call keras.config.set_image_data_format('channels_last') first")
            inputs = keras.Input(\(file.imageShape), name="input")
        """
      ] + layers.statements + [
        "    return keras.Model(inputs, \(layers.output), name=\"\(model.pythonModuleName)\")"
      ]
    let functions = [
      """
      def load(weights=Path(__file__).with_name(\(file.weightsName))):
          \"""The trained network.\"""
          model = build()
          tensors = load_file(weights)
          for layer in model.layers:
              layer.set_weights([tensors[f"{layer.name}.{w.name}"] for w in layer.weights])
          return model
      """,
      file.scaling,
      """
      def predict(model, images):
          \"""The probability of each class, as an array, for uint8 images of shape
          \(file.imagesShape).\"""
          x = scale(images)
          if not len(x):  # Keras predicts no images.
              return np.zeros((0, len(CLASS_NAMES)), "float32")
          return model.predict(x, batch_size=256, verbose=0)
      """,
    ]
    return [
      ExportedFile(
        path: path,
        bytes: PythonFile.bytes(
          head: head,
          parts: layers.helpers + [network.joined(separator: "\n")] + functions
            + file.running(summary: "model.summary()"))),
      try file.weights(model.parameters, called: layers.name),
    ]
  }
}
