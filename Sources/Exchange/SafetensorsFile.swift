import Documents
import Tensors

/// A network's weights as a safetensors file in PyTorch's names and layouts; see `ExportedModel.pyTorchTensors`.
package enum SafetensorsFile {
  /// What a file says of PyTorch's layouts: `format: pt`, as the library itself does, and `layout: pytorch`.
  static let layouts = ["format": "pt", "layout": "pytorch"]

  /// The file of `model` at `path`.
  package static func files(of model: ExportedModel, at path: String) throws -> [ExportedFile] {
    let others = [
      "experiment": model.name, "spec_hash": model.specHash,
      "class_names": PlainValue.list(model.classNames.map { .string($0) }).json,
    ]
    let metadata = layouts.merging(others) { layout, _ in layout }
    let bytes = try Safetensors.encode(model.pyTorchTensors, metadata: metadata)
    return [ExportedFile(path: path, bytes: bytes)]
  }
}
