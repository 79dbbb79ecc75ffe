import ArgumentParser
import Datasets
import Diagnostics
import Files
import Records
import Reports
import Running
import TextLayout

extension SavedModel.WeightsChoice: ExpressibleByArgument {}

/// `exp predict RUN INPUT…`
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Say what a run's network takes pictures for.",
    discussion: """
      Inputs are PNG and JPEG pictures, folders of them, CSV without labels, npz and IDX files. They are prepared as the \
      run's own data was, whose files need not be here. Those that cannot be read are named, the others predicted, and \
      it exits with 66. The table goes to standard output unless '-o' names a file.

      '--columns' writes a table as Kaggle wants it, such as
        exp predict latest test.csv --columns ImageId=row,Label=class
      A column has a name and a source: row (from 1), index (from 0), file, class, class_index (from 0), probability, \
      or p_CLASS for the probability of a class.

      '--prepare digits' is for networks that were trained on MNIST: it finds the digit in a drawing or a photograph, \
      dark on bright or bright on dark, and lays it out as MNIST's are.
      """)

  @Argument(
    help: ArgumentHelp(
      "A run folder, part of a run's name, or 'latest'; with '--ensemble' a folder of runs.",
      valueName: "run"), completion: Completions.runs)
  var argument: String
  @Argument(
    help: ArgumentHelp("Files and folders of pictures.", valueName: "input"), completion: .file())
  var inputs: [String]
  @Option(
    help: ArgumentHelp(
      "How to write it; by default as the name of the file says ('.csv', '.json', '.md', '.tex'), or as a table.",
      valueName: "format"))
  var format: TableFormat?
  @Option(
    help: ArgumentHelp("How many classes of each image to show; 2 by default.", valueName: "number")
  )
  var top: Int?
  @Option(
    help: ArgumentHelp(
      "Write a CSV of exactly these columns, such as ImageId=row,Label=class.",
      valueName: "name=source,…"))
  var columns: String?
  @Option(
    help: ArgumentHelp("Prepare pictures of handwritten digits as MNIST's were.", valueName: "what")
  )
  var prepare: Preparation?
  @Flag(help: "Take the mean of the probabilities of all runs that RUN names.") var ensemble = false
  @Flag(help: "Scale probabilities by the temperature that the run fitted on validation images.")
  var calibrated = false
  @Option(help: ArgumentHelp("Which weights to take.", valueName: "which"))
  var weights = SavedModel.WeightsChoice.best
  @OptionGroup var file: OutputFile
  @OptionGroup var runs: RunsOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var output: OutputOptions

  /// What can be prepared beyond what the run's data says.
  enum Preparation: String, CaseIterable, ExpressibleByArgument {
    case digits
  }

  func run() throws {
    try refuseWhatContradicts()
    try file.check()
    if let path = file.path, Storage.isFile(path),
      inputs.contains(where: { Storage.isSame($0, path) })
    {
      throw Diagnostics.usage(
        "'\(path)' is an input, and would be replaced by its table", hint: "'-o' names another")
    }
    if let path = file.path, isNamedAsNoTable, format == nil, columns == nil {
      throw Diagnostics.usage(
        "the name '\(path)' does not say how to write the table",
        hint: "names end in '.csv', '.json', '.md', '.tex' or '.txt', or '--format' says it")
    }
    if let run = inputs.first(where: Self.isOfRuns) {
      throw Diagnostics.usage(
        "'\(run)' is a run, or a folder of runs, and has no images to predict",
        hint: Storage.isFile(argument)
          ? "the run comes first: 'exp predict \(run.shellQuoted) \(argument.shellQuoted)'"
          : "the first argument names all runs: by a folder of runs, or a part of their names")
    }
    let predictor = try Predictor(
      folders(), weights, for: inputs, findsDigits: prepare == .digits, isCalibrated: calibrated)
    predictor.notes.forEach(Console.note)
    let classNames = predictor.classNames
    let columns = try columns.map { try SubmissionColumns($0, classNames: classNames) }
    if let top, !(1...classNames.count).contains(top) {
      throw Diagnostics.usage(
        "'--top' must be between 1 and the number of classes, \(classNames.count), got \(top)")
    }
    let images = InputImages(inputs, predictor.preparation)
    images.notes.forEach(Console.note)
    report(images.problems)
    if images.count > 0 {
      let predicted = PredictedImages(
        names: images.names, places: images.places, classNames: classNames,
        probabilities: try predictor.probabilities(of: images, backend: threads.backend),
        threshold: predictor.threshold)
      try file.write(
        columns?.csv(of: predicted)
          ?? predicted.text(
            formatInForce, top: top ?? min(2, classNames.count),
            width: file.path == nil ? Console.outputWidth : nil))
    }
    if let problem = images.problems.first { throw ExitCode(problem.exitStatus.rawValue) }
  }

  /// Whether `input` is a run's folder, or one of runs.
  private static func isOfRuns(_ input: String) -> Bool {
    let inner = (try? Folder(input).entries()) ?? []
    return RunFolder(path: input).isRun
      || inner.contains { $0.kind == .folder && RunFolder(path: "\(input)/\($0.name)").isRun }
  }

  private var formatInForce: TableFormat {
    format ?? formatOfName ?? .table
  }

  /// The format that the name of the table's file says; nil if it says none.
  private var formatOfName: TableFormat? {
    let endings: [(String, TableFormat)] = [
      (".csv", .csv), (".json", .json), (".md", .markdown), (".tex", .latex),
    ]
    return endings.first { file.path?.lowercased().hasSuffix($0.0) == true }?.1
  }

  /// True if the name of the table's file ends as if it were something else.
  private var isNamedAsNoTable: Bool {
    guard let path = file.path, formatOfName == nil else { return false }
    let name = Storage.name(of: path).dropFirst()
    return name.contains(".") && !name.lowercased().hasSuffix(".txt")
  }

  private func refuseWhatContradicts() throws {
    guard columns != nil else { return }
    if top != nil {
      throw Diagnostics.usage(
        "'--columns' and '--top' both say which columns there are", hint: "leave one of them out")
    }
    if let format, format != .csv {
      throw Diagnostics.usage(
        "'--columns' writes CSV, not \(format.rawValue)", hint: "leave '--format' out")
    }
    if let path = file.path, let named = formatOfName, named != .csv, format == nil {
      throw Diagnostics.usage(
        "'--columns' writes CSV, but '\(path)' is named as \(named.rawValue)",
        hint: "name a file that ends in '.csv', or say '--format csv'")
    }
  }

  /// The folders of the runs whose networks predict.
  private func folders() throws -> [RunFolder] {
    guard ensemble else {
      do {
        let run = try RunCatalog.single(argument, root: runs.directory)
        RunsOptions.tell(run, namedBy: argument)
        return [run.folder]
      } catch {
        guard case .severalMatches = error else { throw error }
        throw CommandError(
          description: "\(error)\nhint: or take the mean of all with '--ensemble'")
      }
    }
    let catalog = try RunCatalog(arguments: [argument], root: runs.directory)
    if let problem = catalog.problems.first { throw RunArgumentError.unreadable(problem) }
    guard !catalog.runs.isEmpty else {
      throw RunArgumentError.noMatch(argument: argument, root: runs.directory)
    }
    return catalog.withoutContinued.runs.map(\.folder)
  }

  /// Names what cannot be predicted, those together that one piece of advice is for.
  private func report(_ problems: [DatasetError]) {
    let most = 20
    var shown = problems.prefix(most)
    while let hint = shown.first?.hint {
      for problem in shown where problem.hint == hint {
        Console.error(
          "\(problem.path.withoutControlCharacters): error: \(problem.message)".singleLine)
      }
      Console.error("hint: \(hint)")
      shown.removeAll { $0.hint == hint }
    }
    if problems.count > most { Console.error("and \(problems.count - most) more") }
  }
}
