import Documents
import Tensors

/// The parts of a generated file that are the same for each library.
struct PythonFile {
  let model: ExportedModel
  /// The file's path; it ends in `.py` or, where its user wanted that, in nothing or something else.
  let path: String

  /// Throws if Python would take the file for a module that it needs.
  init(model: ExportedModel, path: String) throws(ExportFormatError) {
    if let module = PythonModules.hidden(by: path) {
      throw .hidesModule(path: path, module: module)
    }
    self.model = model
    self.path = path
  }

  /// The path of the weights, beside the file.
  var weightsPath: String {
    PythonModules.withoutEnding(path) + ".safetensors"
  }

  /// The name of the weights' file, as a literal.
  var weightsName: String { PythonText.string(weightsPath.fileName) }

  /// The shape of an image's bytes: `(28, 28, 1)`.
  var imageShape: String {
    let shape = model.graph.inputShape
    return PythonText.tuple([shape.height, shape.width, shape.channels])
  }

  /// The shape of many images, for comments.
  var imagesShape: String { imagesShape(count: "N") }

  func imagesShape(count: String) -> String { "(\(count), " + imageShape.dropFirst() }

  var hasTemperature: Bool { model.temperature != 1 }

  /// The file's docstring; `packages` are those that it needs, `remark` says what is peculiar to it.
  func title(library: String, packages: String, remark: String) -> String {
    let file = PythonText.prose(path.fileName)
    let pictures =
      readsPictures ? "\n    python \(file) picture.png  # the class of each picture" : ""
    return """
      \"""The network of experiment '\(PythonText.prose(model.name))' in \(library), exported by exp.
      \(pictures)
          python \(file)\(readsPictures ? "            " : "")  # its layers

          model = load()
          probabilities = predict(model, images)  # uint8 of shape \(imagesShape)

      \(remark)
      Needs \(packages)\(readsPictures ? ", and Pillow for pictures" : "").
      Identity of the experiment: \(PythonText.prose(model.specHash))
      \"""
      """
  }

  /// The import of `load_file` from safetensors for `framework`.
  func weightsImport(_ framework: String) -> String {
    """
    try:
        from safetensors.\(framework) import load_file
    except ImportError as error:
        raise ImportError("reading the weights needs: pip install safetensors") from error
    """
  }

  /// Class names, scaling, temperature and threshold.
  var constants: String {
    var lines = ["# The name of each class, in the order of the probabilities."]
    lines += PythonText.list("CLASS_NAMES", model.classNames.map(PythonText.string))
    lines += ["# The network reads (byte - SHIFT) / DIVISOR, channel by channel."]
    lines += PythonText.list("SHIFT", model.shift.map(PythonText.number))
    lines += PythonText.list("DIVISOR", model.divisor.map(PythonText.number))
    if hasTemperature {
      lines += [
        "# Divides the scores before the softmax. Fitted on validation images, so that the",
        "# probabilities are as often right as they say.",
        "TEMPERATURE = \(PythonText.number(model.temperature))",
      ]
    }
    if let threshold = model.threshold {
      lines += [
        "# Images are taken for the second class from this probability of it on: chosen on validation images.",
        "THRESHOLD = \(PythonText.number(threshold))",
      ]
    }
    return lines.joined(separator: "\n")
  }

  /// The function that makes the network's numbers, channels last, of bytes.
  var scaling: String {
    """
    def scale(images):
        \"""The numbers that the network reads of uint8 images of shape \(imagesShape).\"""
        images = np.asarray(images)
        if images.dtype != np.uint8 or images.shape[1:] != \(imageShape):
            raise ValueError(
                "images must be uint8 of shape \(imagesShape), "
                f"not {images.dtype} of shape {images.shape}"
            )
        return ((images - SHIFT) / DIVISOR).astype("float32")
    """
  }

  /// The file of weights: `tensors` by the names that `name` gives them. Its metadata have those that they had, by which
  /// `model.weights` of a spec takes them.
  func weights(
    _ tensors: NamedTensors, called name: (String) -> String, metadata: [String: String] = [:]
  ) throws -> ExportedFile {
    let renamed = NamedTensors(
      tensors.entries.map { .init(name: name($0.name), tensor: $0.tensor) })
    let names = zip(renamed.entries, tensors.entries).filter { $0.name != $1.name }
      .map { ($0.name, PlainValue.string($1.name)) }
    var metadata = metadata
    if !names.isEmpty { metadata[Safetensors.namesKey] = PlainValue.map(names).canonicalJSON }
    return ExportedFile(
      path: weightsPath, bytes: try Safetensors.encode(renamed, metadata: metadata))
  }

  /// Modules of the standard library that the file imports.
  var standardImports: String {
    (readsPictures ? "import sys\n" : "") + "from pathlib import Path"
  }

  /// The file's bytes, its `parts` set apart as PEP 8 wants.
  static func bytes(head: [String], parts: [String]) -> [UInt8] {
    Array((head.joined(separator: "\n\n") + "\n\n\n" + parts.joined(separator: "\n\n\n")).utf8)
  }
}

extension ExportedModel {
  /// The experiment's name as that of a Python module, which hides no other.
  var pythonModuleName: String { PythonModules.name(for: name) }
}
