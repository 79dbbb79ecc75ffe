import Documents
import Tensors

/// A network's weights as a safetensors file in PyTorch's names and layouts; see `ExportedModel.pyTorchTensors`.
package enum SafetensorsFile {
  /// The file of `model` at `path`.
  ///
  /// Its metadata say `format: pt`, as the library itself does, and `layout: pytorch`.
  package static func files(of model: ExportedModel, at path: String) throws -> [ExportedFile] {
    let metadata = [
      "format": "pt", "layout": "pytorch", "experiment": model.name, "spec_hash": model.specHash,
      "class_names": PlainValue.list(model.classNames.map { .string($0) }).json,
    ]
    let bytes = try Safetensors.encode(model.pyTorchTensors, metadata: metadata)
    return [ExportedFile(path: path, bytes: bytes)]
  }
}
