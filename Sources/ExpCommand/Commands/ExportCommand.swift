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
      once. A safetensors file holds the weights alone, in PyTorch's names and layouts. With 'pytorch' and 'keras', a \
      Python file declares the network in that library's words, and a safetensors file beside it has its weights.

      The file is named after the experiment unless '-o' names it.

        exp export mnist-baseline -o digits.onnx
        exp export mnist-baseline --input bytes --layout nhwc -o digits.onnx
        exp export mnist-baseline --format pytorch -o digits.py
      """)

  @Argument(
    help: ArgumentHelp("A run folder, part of a run's name, or 'latest'.", valueName: "run"),
    completion: Completions.runs)
  var argument: String
  @Option(help: "The kind of file; by default as the name of the file says, or onnx.")
  var format: FormatName?
  @OptionGroup var output: OutputFile
  @Option(
    help:
      "The weights of the run: 'best', from which its results are, or 'last', which 'save_last' keeps."
  )
  var weights = SavedModel.WeightsChoice.best
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

  /// A format, by its name.
  struct FormatName: ExpressibleByArgument {
    let type: any ExportFormat.Type

    init?(argument: String) {
      guard let type = ExportCatalog.all.first(where: { $0.name == argument }) else { return nil }
      self.type = type
    }

    static var allValueStrings: [String] { ExportCatalog.all.map { $0.name } }
  }

  func run() throws {
    let format = try ExportCatalog.format(format?.type, at: output.path)
    try ExportCatalog.require(givenOptions, in: format)
    let record = try RunCatalog.single(argument, root: runs.directory)
    let saved = try SavedModel(record.folder, weights)
    let model = try ExportedModel(saved, isCalibrated: calibrated)
    if let note = saved.note { Console.note(note) }
    let path = output.path ?? format.usualPath(of: model)
    let settings = ExportSettings(
      layout: layout ?? .nchw, input: input ?? .float, version: Exp.version)
    let files = try format.files(of: model, at: path, settings)
    try write(files)
    if saved.plan.graph.precision == .bfloat16 {
      Console.note(
        "the run computed in bfloat16, other programs compute with its weights in float32: their probabilities "
          + "are near those that it recorded, but not the same")
    }
    guard !Storage.isStandardOutput(path) else { return }
    for file in files { Console.output("\(file.path): \(file.bytes.count.grouped) bytes\n") }
    Console.error("next: \(format.usage(of: path))")
  }

  /// The options on the command line that some formats have no use for.
  private var givenOptions: [ExportOption] {
    (layout == nil ? [] : [.layout]) + (input == nil ? [] : [.input])
      + (calibrated ? [.calibrated] : [])
  }

  private func write(_ files: [ExportedFile]) throws {
    if files.count > 1, files.contains(where: { Storage.isStandardOutput($0.path) }) {
      throw Diagnostics.usage(
        "the export has \(files.count) files, and standard output takes one",
        hint: "name the first by '-o', the others lie beside it")
    }
    for file in files { try output.check(file.path) }
    if files.count > 1 {
      try Storage.export(files.map { ($0.path, $0.bytes) })
    } else {
      for file in files { try Storage.export(file.bytes, to: file.path) }
    }
  }
}

extension ONNXFile.Layout: ExpressibleByArgument {}
extension ONNXFile.Input: ExpressibleByArgument {}
