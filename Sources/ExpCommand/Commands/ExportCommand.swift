import ArgumentParser
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
      once. A safetensors file holds the weights alone, in PyTorch's names and layouts.

        exp export mnist-baseline -o digits.onnx
        exp export mnist-baseline --input bytes --layout nhwc -o digits.onnx
      """)

  /// A kind of file.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case onnx, safetensors
  }

  @Argument(
    help: ArgumentHelp("A run folder, part of a run's name, or 'latest'.", valueName: "run"),
    completion: Completions.runs)
  var argument: String
  @Option(help: "The kind of file.") var format = Format.onnx
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file to write; by default the experiment's name with the format's ending.",
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

  func validate() throws {
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
    let path = output ?? "\(model.name).\(format.rawValue)"
    let files = try files(of: model, at: path)
    if !force { try requireAbsence(of: files) }
    for file in files { try Storage.export(file.bytes, to: file.path) }
    guard !Storage.isStandardOutput(path) else { return }
    for file in files { Console.output("\(file.path): \(file.bytes.count.grouped) bytes\n") }
    Console.error("next: \(usage(of: path))")
  }

  private func files(of model: ExportedModel, at path: String) throws -> [ExportedFile] {
    switch format {
    case .onnx:
      try ONNXFile.files(
        of: model, at: path, layout: layout ?? .nchw, input: input ?? .float, version: Exp.version)
    case .safetensors: try SafetensorsFile.files(of: model, at: path)
    }
  }

  /// Throws if one of `files` would replace what somebody may still want. Devices and pipes are there to be written to.
  private func requireAbsence(of files: [ExportedFile]) throws {
    for path in files.map(\.path) where !Storage.isStandardOutput(path) {
      guard let kind = Storage.kind(of: path), [.file, .link].contains(kind), Storage.exists(path)
      else { continue }
      throw ExistingFileError(path: path)
    }
  }

  /// The line of Python that reads what was written.
  private func usage(of path: String) -> String {
    switch format {
    case .onnx:
      "onnxruntime.InferenceSession('\(path)').run(None, {'images': images}) gives the probabilities"
    case .safetensors: "model.load_state_dict(safetensors.torch.load_file('\(path)'))"
    }
  }
}

/// The error that a file would be replaced.
struct ExistingFileError: ReportableError, CustomStringConvertible {
  let path: String
  let exitStatus = ExitStatus.inputOutput

  var description: String {
    "'\(path)' is there already\nhint: '--force' replaces it, '-o PATH' writes another"
  }
}

extension ExportedModel {
  /// The network of a run.
  fileprivate init(_ saved: SavedModel, isCalibrated: Bool) throws(CommandError) {
    if isCalibrated, saved.calibration == nil {
      throw CommandError(
        description:
          "'\(saved.folder.path)' has no temperature for these weights: a run fits one to its best weights at its "
          + "end, if 'data.validation' holds out images")
    }
    self.init(
      name: saved.manifest.name, specHash: saved.manifest.specHash, graph: saved.plan.graph,
      parameters: saved.parameters, shift: saved.scaling.shift, divisor: saved.scaling.divisor,
      classNames: saved.classNames,
      temperature: isCalibrated ? saved.calibration?.temperature ?? 1 : 1)
  }
}

extension ONNXFile.Layout: ExpressibleByArgument {}
extension ONNXFile.Input: ExpressibleByArgument {}
