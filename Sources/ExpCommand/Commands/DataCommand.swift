import ArgumentParser
import Datasets
import Diagnostics
import Files
import Reports
import TextLayout

/// `exp data list|get|verify|show|preview|sample|cache`
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract:
      "List, download and check datasets; show and preview the data of a spec; draw pictures to try with.",
    subcommands: [
      List.self, Get.self, Verify.self, Show.self, Preview.self, Sample.self, Cache.self,
    ])

  /// `exp data list`
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the datasets that can be downloaded, and where their files are.")

    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let rows = try DatasetCatalog.published.map { dataset in
        let found = try dataset.find(in: data.locations)
        var folders: [String] = []
        for path in found.flatMap(\.paths) {
          let folder = Storage.parent(of: path)
          if !folders.contains(folder) { folders.append(folder) }
        }
        let place =
          folders.isEmpty ? "– (exp data get \(dataset.type))" : folders.joined(separator: ", ")
        let there = found.reduce(0) { $0 + $1.memberCount }
        let all = dataset.files.reduce(0) { $0 + $1.members.count }
        return [
          dataset.type, size(of: dataset), dataset.licence, "\(there) of \(all)", place,
        ]
      }
      Console.output(
        TextTable(
          [
            .init("dataset"), .init("size", .right, rank: 2), .init("licence", rank: 3),
            .init("files", .right, rank: 1), .init("folder"),
          ], rows: rows
        )
        .text(width: Console.outputWidth))
    }

    /// `31 MB`, or `≤ 98 MB` where its publishers say no more.
    private func size(of dataset: PublishedDataset) -> String {
      let bound = dataset.files.allSatisfy(\.isSizeKnown) ? "" : "≤ "
      return "\(bound)\(dataset.byteCount.bytesInWords)"
    }
  }

  /// `exp data verify [NAME]`
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compare the files that are there with their published checksums.",
      discussion: """
        Exits with 66 if a file is wrong, or if one of a named dataset is missing. Where only the checksum of an archive \
        is published, its unpacked files are unknown: they may be right.
        """)

    @Argument(help: "A dataset of 'exp data list'; by default, all of them.")
    var name: PublishedName?
    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      var isRight = true
      for dataset in name.map({ [$0.dataset] }) ?? DatasetCatalog.published {
        for found in try dataset.find(in: data.locations) {
          isRight = try verify(found, of: dataset) && isRight
        }
      }
      if !isRight { throw ExitCode(ExitStatus.inputMissing.rawValue) }
    }

    /// Prints what is known of the files; false if one is wrong, or one of a named dataset is missing.
    private func verify(
      _ found: PublishedDataset.Found, of dataset: PublishedDataset
    ) throws -> Bool {
      if found.paths.isEmpty {
        Console.output("missing  \(dataset.type)/\(found.file.title)\n")
        return name == nil
      }
      if let path = found.path { return try verify(path, found.file.verdict(on: path)) }
      return try found.members.reduce(true) { isRight, member in
        guard let path = member.path else {
          Console.output("missing  \(dataset.type)/\(member.name)\n")
          return isRight && name == nil
        }
        return try verify(path, found.file.verdict(onMember: path)) && isRight
      }
    }

    /// Prints what is known of the file at `path`; false if it is wrong.
    private func verify(
      _ path: String, _ verdict: @autoclosure () throws -> PublishedDataset.Verdict
    ) throws -> Bool {
      do {
        switch try verdict() {
        case .right: Console.output("right    \(path)\n")
        case .unknown(let reason): Console.output("unknown  \(path) (\(reason))\n")
        case .wrong(let kind, let found, let expected):
          throw DatasetError(path, .wrongChecksum(kind: kind, found: found, expected: expected))
        }
        return true
      } catch let error as DatasetError {
        Console.output("wrong    \(path)\n")
        Console.error(error.description)
        return false
      }
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
