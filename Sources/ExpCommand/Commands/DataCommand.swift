import ArgumentParser
import Datasets
import Diagnostics
import Reports

/// `exp data list|get|verify|preview|cache`
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "List, download and check the files of datasets; preview augmentation.",
    subcommands: [List.self, Get.self, Verify.self, Preview.self, Cache.self])

  /// `exp data list`
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the datasets that can be downloaded, and where their files are.")

    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let rows = try DatasetCatalog.published.map { dataset in
        let files = try dataset.find(in: data.locations)
        let paths = files.compactMap(\.path)
        var folders: [String] = []
        for path in paths {
          let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")
          if !folders.contains(folder) { folders.append(folder) }
        }
        let place =
          folders.isEmpty ? "– (exp data get \(dataset.type))" : folders.joined(separator: ", ")
        return [dataset.type, "\(paths.count) of \(files.count)", place]
      }
      Console.output(
        TextTable([.init("dataset"), .init("files", .right), .init("folder")], rows: rows)
          .text(width: Console.outputWidth))
    }
  }

  /// `exp data get NAME`
  struct Get: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Download the files of a dataset that are in no folder yet.")

    @Argument(help: "A dataset of 'exp data list'.") var name: PublishedName
    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      for path in try name.dataset.get(into: data.locations) { Console.output("\(path)\n") }
    }
  }

  /// `exp data verify [NAME]`
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compare the files that are there with their SHA-256.",
      discussion: "Exits with 66 if a file is wrong, or if one of a named dataset is missing.")

    @Argument(help: "A dataset of 'exp data list'; by default, all of them.")
    var name: PublishedName?
    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      var isRight = true
      for dataset in name.map({ [$0.dataset] }) ?? DatasetCatalog.published {
        for (file, path) in try dataset.find(in: data.locations) {
          guard let path else {
            Console.output("missing  \(dataset.type)/\(file)\n")
            isRight = isRight && name == nil
            continue
          }
          do {
            try dataset.verify(file, at: path)
            Console.output("right    \(path)\n")
          } catch let error as DatasetError {
            Console.output("wrong    \(path)\n")
            Console.error(error.description)
            isRight = false
          }
        }
      }
      if !isRight { throw ExitCode(ExitStatus.inputMissing.rawValue) }
    }
  }
}

/// The name of a dataset that can be downloaded.
struct PublishedName: ExpressibleByArgument {
  let dataset: PublishedDataset

  static let allValueStrings = DatasetCatalog.published.map(\.type)

  init?(argument: String) {
    guard let dataset = DatasetCatalog.published.first(where: { $0.type == argument }) else {
      return nil
    }
    self.dataset = dataset
  }
}
