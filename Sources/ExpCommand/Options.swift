import ArgumentParser
import Datasets
import Diagnostics
import Files
import Glibc
import OneDNNBackend
import Records
import Reports

/// The folders in which data is looked for.
struct DataOptions: ParsableArguments {
  @Option(
    name: .customLong("data-dir"),
    help: ArgumentHelp(
      "Folder of datasets, searched before $EXP_DATA_DIR and the cache.", valueName: "dir"),
    completion: .directory)
  var directory: String?

  func validate() throws {
    if let directory, !Storage.isFolder(directory) {
      throw ValidationError("'--data-dir' needs a folder, but there is none at '\(directory)'")
    }
    // Otherwise data that lies there would be downloaded again.
    if let variable = getenv("EXP_DATA_DIR").map({ String(cString: $0) }), !variable.isEmpty,
      !Storage.isFolder(variable)
    {
      throw ValidationError(
        "the variable EXP_DATA_DIR needs a folder, but there is none at '\(variable)'; 'unset EXP_DATA_DIR' does without"
      )
    }
  }

  /// The folders to search.
  var locations: DataLocations {
    DataLocations(dataDirectory: directory, report: { Console.error($0) })
  }
}

/// The values that take precedence over those of a spec.
struct SpecOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Set a value of the spec, such as optimizer.learning_rate=0.002, model.layers.conv1.filters=64 or "
        + "augmentation=[]; can be given several times.", valueName: "key=value"))
  var settings: [String] = []
}

/// The folder of runs.
struct RunsOptions: ParsableArguments {
  @Option(
    name: .customLong("output-dir"), help: ArgumentHelp("Folder of all runs.", valueName: "dir"),
    completion: .directory)
  var directory = Self.usual

  static let usual = "runs"

  func validate() throws {
    // An empty variable in a shell script must not lead to the root of the disk.
    if directory.isEmpty { throw ValidationError("'--output-dir' needs a folder, got ''") }
  }

  /// True if it is the folder that commands use unless told otherwise.
  var isDefault: Bool { directory == Self.usual }

  /// Explains how to create runs if `catalog` has none.
  func explainAbsence(from catalog: RunCatalog) {
    guard catalog.runs.isEmpty, catalog.problems.isEmpty else { return }
    Console.error("hint: 'exp run FILE' puts runs into '\(directory)', where there are none yet")
  }

  /// Ends the command with the status of unreadable input, after its output, if not all of `catalog` could be read.
  static func requireAll(of catalog: RunCatalog) throws { try requireNone(of: catalog.problems) }

  /// Likewise, if there are `problems`.
  static func requireNone(of problems: [RunProblem]) throws {
    if !problems.isEmpty { throw ExitCode(ExitStatus.inputMissing.rawValue) }
  }
}

/// The processors on which runs may go on.
struct ProcessorOptions: ParsableArguments {
  @Flag(
    name: .customLong("any-cpu"),
    help:
      "Go on with runs that stopped on another kind of processor, too; their bits are then of no processor alone, which is recorded."
  )
  var isAny = false
}

/// The appearance of text.
struct OutputOptions: ParsableArguments {
  // Read by `Console`, since it counts before the arguments are parsed, too.
  @Flag(help: "Print no colours, as with the environment variable NO_COLOR.") var noColor = false
}

/// The number of threads that train.
struct ThreadOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Threads to use; by default one per core. Results do not depend on it.", valueName: "number"))
  var threads: Int?

  func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("'--threads' must be between 1 and 256, got \(threads)")
    }
  }

  /// The threads to use.
  var count: Int { threads ?? max(1, min(256, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// The backend with that many threads.
  var backend: OneDNNBackend { backend(nil) }

  /// Likewise; the time of training steps is added to `profile`.
  func backend(_ profile: Profile?) -> OneDNNBackend {
    OneDNNBackend(threads: count, profile: profile)
  }

  /// This machine's processor, as the backend uses it.
  static var processor: Processor {
    Processor(cpu: Machine.cpuName, instructionSet: OneDNNLibrary.instructionSet)
  }

  /// This machine, for the record.
  var machine: Machine {
    Machine(
      instructionSet: OneDNNLibrary.instructionSet, threads: count,
      oneDNNVersion: OneDNNLibrary.version)
  }
}

extension TableFormat: ExpressibleByArgument {}
