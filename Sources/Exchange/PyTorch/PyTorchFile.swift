import Tensors

/// A network as a Python file in PyTorch's own words, and its weights beside it.
package enum PyTorchFile: PythonFormat {
  package static let name = "pytorch"

  /// The file `path`, which declares the network of `model`, and its weights.
  ///
  /// The weights are `ExportedModel.pyTorchTensors`; only modules that are called otherwise, since their layers' names
  /// are no Python identifiers, have other names there too.
  package static func files(
    of model: ExportedModel, at path: String, _ settings: ExportSettings
  ) throws -> [ExportedFile] {
    let file = try PythonFile(model: model, path: path)
    let modules = PyTorchModules(model.graph)
    let scores = file.hasTemperature ? "scores / TEMPERATURE" : "scores"
    let shape = model.graph.inputShape
    let helpers = modules.helpers
    let head = [
      file.title(
        library: "PyTorch", packages: "torch, numpy and safetensors",
        remark:
          "The module itself takes scaled images, channels first, and gives scores before the "
          + "softmax,\nas torch.nn.CrossEntropyLoss wants them."),
      file.standardImports,
      """
      import numpy as np
      import torch
      import torch.nn.functional as F
      from torch import nn
      """,
      file.weightsImport("torch"), file.constants,
    ]
    let network =
      [
        """
        class Network(nn.Module):
            def __init__(self):
                super().__init__()
        """
      ] + modules.declarations + [
        """

            def forward(self, \(modules.parameter)):
                \"""The scores of images of shape (N, \(shape.channels), \(shape.height), \(shape.width)).\"""
        """
      ] + modules.statements
    let functions = [
      """
      def load(weights=Path(__file__).with_name(\(file.weightsName))):
          \"""The trained network, in evaluation mode.\"""
          model = Network()
          model.load_state_dict(load_file(weights))
          return model.eval()
      """,
      file.scaling,
      """
      @torch.no_grad()
      def predict(model, images):
          \"""The probability of each class, as an array, for uint8 images of shape
          \(file.imagesShape).\"""
          x = torch.from_numpy(scale(images)).permute(0, 3, 1, 2)
          scores = torch.cat([model(part) for part in x.split(256)])
          return F.softmax(\(scores), dim=1).numpy()
      """,
    ]
    return [
      ExportedFile(
        path: path,
        bytes: PythonFile.bytes(
          head: head,
          parts: helpers + [network.joined(separator: "\n")] + functions
            + file.running(summary: "print(model)"))),
      try file.weights(
        model.pyTorchTensors, called: modules.name, metadata: SafetensorsFile.layouts),
    ]
  }
}
