import ArgumentParser
import Datasets
import Documents
import TextLayout

extension DataCommand {
  /// `exp data get NAME | --for FILE…`
  struct Get: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Download the files of a dataset, or all data of specs, that are in no folder yet.",
      discussion: """
        With '--for', the data of specs is decoded, too, and checked as a run would: runs on machines that share the cache \
        folder find it there.
        """)

    @Argument(help: "A dataset of 'exp data list'.") var name: PublishedName?
    @Option(
      name: .customLong("for"), parsing: .upToNextOption,
      help: ArgumentHelp("Specs whose data is to be there.", valueName: "file"),
      completion: Completions.specs)
    var files: [String] = []
    @OptionGroup var spec: SpecOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
      if (name == nil) == files.isEmpty {
        throw ValidationError("name a dataset, or give specs after '--for'")
      }
      if files.isEmpty, !spec.settings.isEmpty { throw ValidationError("'--set' needs '--for'") }
    }

    func run() throws {
      if let name {
        for path in try name.dataset.get(into: data.locations) { Console.output("\(path)\n") }
      }
      // Experiments of a sweep mostly have the same data.
      var done: Set<String> = []
      for declaration in try Planning(data, spec).declarations(of: files) {
        switch declaration {
        case .experiments(let plans):
          for plan in plans where done.insert(plan.spec.data.tree.canonicalJSON).inserted {
            let facts = try plan.spec.data.prepare(from: plan.locations).description
            Console.output(
              "\(facts.dataset), \(facts.imageShape), \(counted(facts.classNames.count, "class", "classes"))\n"
            )
          }
        case .data(let section):
          let set = try TestSet(section, from: data.locations)
          Console.output(
            "\(set.dataset), \(set.imageShape), \(counted(set.classNames.count, "class", "classes"))\n"
          )
        }
      }
    }
  }
}
