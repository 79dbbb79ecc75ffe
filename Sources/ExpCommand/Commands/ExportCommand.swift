import ArgumentParser
import Datasets
import Diagnostics
import Exchange
import Files
import Records
import Running
import TextLayout

/// `exp export RUN`
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a run's network as a file for other programs.",
    discussion: """
      An ONNX file holds the network and its weights: images in, class probabilities out, any number of them at \
      once. A safetensors file holds the weights alone, in PyTorch's names and layouts. With 'pytorch' and 'keras', a \
      Python file declares the network in that library's words, and a safetensors file beside it has its weights.

        exp export mnist-baseline -o digits.onnx
        exp export mnist-baseline --input bytes --layout nhwc -o digits.onnx
        exp export mnist-baseline --format pytorch -o digits.py
      """)

  /// A kind of file.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case onnx, safetensors, pytorch, keras

    /// The name of a file of the network if none is asked for.
    func usualPath(of model: ExportedModel) -> String {
      switch self {
      case .onnx, .safetensors: "\(model.name).\(rawValue)"
      case .pytorch, .keras: "\(model.pythonModuleName).py"
      }
    }

    /// Whether weights lie beside the file.
    var hasSeveralFiles: Bool { [.pytorch, .keras].contains(self) }
  }

  @Argument(
    help: ArgumentHelp("A run folder, part of a run's name, or 'latest'.", valueName: "run"),
    completion: Completions.runs)
  var argument: String
  @Option(
    help: ArgumentHelp(
      "The kind of file; by default safetensors if the output's name ends so, else onnx."))
  var format: Format?
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file to write; by default the experiment's name with the format's ending, '.py' for a Python file.",
      valueName: "path"), completion: .file())
  var output: String?
  @Flag(help: "Replace the file if there is one.") var force = false
  @Option(
    help:
      "The weights of the run: 'best', from which its results are, or 'last', which 'save_last' keeps."
  )
  var weights = SavedModel.Weights.best
  @Flag(help: "Divide by the temperature that the run fitted on its validation images.")
  var calibrated = false
  @Option(
    help: ArgumentHelp(
      "The axes of an ONNX file's images: batch, channels, height, width ('nchw', the default) or batch, height, "
        + "width, channels ('nhwc')."))
  var layout: ONNXFile.Layout?
  @Option(
    help: ArgumentHelp(
      "What an ONNX file takes: numbers scaled as the network reads them ('float', the default), or pixels' bytes as "
        + "they are ('bytes')."))
  var input: ONNXFile.Input?
  @OptionGroup var runs: RunsOptions
  @OptionGroup var colours: OutputOptions

  private var formatInForce: Format {
    format ?? (output?.hasSuffix(".safetensors") == true ? .safetensors : .onnx)
  }

  func validate() throws {
    if format == nil, let output, output.hasSuffix(".py") {
      throw ValidationError(
        "'\(output)' is a Python file: add '--format pytorch' or '--format keras'")
    }
    let format = formatInForce
    if format.hasSeveralFiles, let output {
      if Storage.isStandardOutput(output) {
        throw ValidationError("'--format \(format.rawValue)' writes two files: name one by '-o'")
      }
      if let module = PythonModules.hidden(by: output) {
        throw ValidationError(
          "'\(output)' would hide the Python module '\(module)', which it needs: choose another name"
        )
      }
    }
    guard format != .onnx else { return }
    if layout != nil || input != nil {
      throw ValidationError("'--layout' and '--input' are for '--format onnx'")
    }
    if format == .safetensors, calibrated {
      throw ValidationError(
        "'--calibrated' changes no weights; '--format onnx' has it in the network")
    }
  }

  func run() throws {
    let record = try RunCatalog.single(argument, root: runs.directory)
    let saved = try SavedModel(record.folder, weights)
    let model = try ExportedModel(saved, isCalibrated: calibrated)
    if let warning = saved.warning { Console.note(warning) }
    let path = output ?? formatInForce.usualPath(of: model)
    let files = try files(of: model, at: path)
    for file in files { try OutputFile.check(file.path, replaces: force) }
    if formatInForce.hasSeveralFiles {
      try Storage.export(files.map { ($0.path, $0.bytes) })
    } else {
      for file in files { try Storage.export(file.bytes, to: file.path) }
    }
    if saved.plan.graph.precision == .bfloat16 {
      Console.note(
        "the run computed in bfloat16, other programs compute with its weights in float32: their probabilities "
          + "are near those that it recorded, but not the same")
    }
    guard !Storage.isStandardOutput(path) else { return }
    for file in files { Console.output("\(file.path): \(file.bytes.count.grouped) bytes\n") }
    Console.error("next: \(usage(of: path))")
  }

  private func files(of model: ExportedModel, at path: String) throws -> [ExportedFile] {
    switch formatInForce {
    case .onnx:
      try ONNXFile.files(
        of: model, at: path, layout: layout ?? .nchw, input: input ?? .float, version: Exp.version)
    case .safetensors: try SafetensorsFile.files(of: model, at: path)
    case .pytorch: try PyTorchFile.files(of: model, at: path)
    case .keras: try KerasFile.files(of: model, at: path)
    }
  }

  /// The line of Python that reads what was written.
  private func usage(of path: String) -> String {
    switch formatInForce {
    case .onnx:
      "onnxruntime.InferenceSession(\(path.pythonQuoted)).run(None, {'images': images}) gives the probabilities"
    case .safetensors:
      "model.load_state_dict(safetensors.torch.load_file(\(path.pythonQuoted)))"
    case .pytorch, .keras:
      "python \(path.shellQuoted) prints the network; "
        + (PythonModules.canImport(path)
          ? "load() and predict() are there to be imported"
          : "to import load() and predict(), export it under a name that Python's 'import' takes, such as "
            + PythonModules.importable(path).shellQuoted)
    }
  }
}

extension ExportedModel {
  /// The network of a run.
  fileprivate init(_ saved: SavedModel, isCalibrated: Bool) throws(NoTemperatureError) {
    let calibration = isCalibrated ? try saved.requireCalibration() : nil
    let dataset = saved.plan.spec.data.dataset.value
    self.init(
      name: saved.manifest.name, specHash: saved.manifest.specHash, graph: saved.plan.graph,
      parameters: saved.parameters, shift: saved.scaling.shift, divisor: saved.scaling.divisor,
      pictures: PicturePreparation((dataset as? any PictureDataset)?.pictures ?? PictureFields()),
      classNames: saved.classNames, temperature: calibration?.temperature ?? 1,
      threshold: saved.threshold(by: calibration)?.value)
  }
}

extension PicturePreparation {
  /// The preparation that `fields` ask for.
  fileprivate init(_ fields: PictureFields) {
    let fit: Fit =
      switch fields.fit {
      case .stretch: .stretch
      case .crop: .crop
      case .pad: .pad
      }
    let interpolation: Interpolation =
      switch fields.interpolation {
      case .bilinear: .bilinear
      case .nearest: .nearest
      case .area: .area
      }
    self.init(
      resizing: fields.imageSize.map { _ in Resizing(fit: fit, interpolation: interpolation) },
      background: fields.background)
  }
}

extension ONNXFile.Layout: ExpressibleByArgument {}
extension ONNXFile.Input: ExpressibleByArgument {}
