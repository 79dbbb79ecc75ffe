import Documents
import Tensors
import TextLayout

/// A network's weights as a safetensors file in PyTorch's names and layouts; see `ExportedModel.pyTorchTensors`.
package enum SafetensorsFile: ExportFormat {
  package static let name = "safetensors"
  package static let ending = ".safetensors"
  /// A temperature changes no weights.
  package static let options: Set<ExportOption> = []

  /// What a file says of PyTorch's layouts: `format: pt`, as the library itself does, and `layout: pytorch`.
  static let layouts = ["format": "pt", "layout": "pytorch"]

  package static func files(
    of model: ExportedModel, at path: String, _ settings: ExportSettings
  ) throws -> [ExportedFile] {
    var others = [
      "experiment": model.name, "spec_hash": model.specHash,
      "class_names": PlainValue.list(model.classNames.map { .string($0) }).json,
    ]
    others["threshold"] = model.threshold.map { "\($0)" }
    let metadata = layouts.merging(others) { layout, _ in layout }
    let bytes = try Safetensors.encode(model.pyTorchTensors, metadata: metadata)
    return [ExportedFile(path: path, bytes: bytes)]
  }

  package static func usage(of path: String) -> String {
    "model.load_state_dict(safetensors.torch.load_file(\(path.pythonQuoted)))"
  }
}
