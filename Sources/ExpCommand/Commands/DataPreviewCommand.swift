import ArgumentParser
import Datasets
import Files
import Plans
import Tensors

extension DataCommand {
  /// `exp data preview FILE -o sheet.png`
  struct Preview: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Draw training images beside what the augmentation of a spec makes of them.",
      discussion: """
        Each row of the picture is a training image and then what training sees of it in \
        \(AugmentationSheet.versions) epochs, one after the other.
        """)

    @Argument(
      help: ArgumentHelp("A spec, or a file with 'data' alone.", valueName: "file"),
      completion: Completions.specs)
    var file: String
    @Option(
      name: .shortAndLong,
      help: ArgumentHelp(
        "The PNG file to write, or '-' for standard output.", valueName: "file"),
      completion: .file(extensions: ["png"]))
    var output: String
    @Option(help: ArgumentHelp("The first epoch to show, counted from 1.", valueName: "number"))
    var epoch = 1
    @Option(
      help: ArgumentHelp(
        "The seed of the run to show; by default the spec's first.", valueName: "number"))
    var seed: Int?
    @Option(help: ArgumentHelp("How many images to show.", valueName: "number")) var count = 10
    @OptionGroup var spec: SpecOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var colours: OutputOptions

    func validate() throws {
      if !(1...1_000_000).contains(epoch) {
        throw ValidationError("'--epoch' must be between 1 and 1000000, got \(epoch)")
      }
      let allowed = SeedList.allowed
      if let seed, !allowed.contains(seed) {
        throw ValidationError(
          "'--seed' must be between \(allowed.lowerBound) and \(allowed.upperBound), got \(seed)")
      }
      if output != "-", !output.hasPrefix("/dev/"), !output.lowercased().hasSuffix(".png") {
        throw ValidationError("'--output' must end in '.png', got '\(output)'")
      }
      if !(1...200).contains(count) {
        throw ValidationError("'--count' must be between 1 and 200, got \(count)")
      }
    }

    func run() throws {
      for declaration in try Planning(data, spec).declarations(of: [file]) {
        switch declaration {
        case .experiments(let plans):
          guard let plan = plans.first else { continue }
          var section = plan.spec.data
          section.normalization = .unit
          let prepared = try section.prepare(from: plan.locations)
          let augmented = prepared.training(
            augmentedBy: plan.spec.augmentation, seed: seed ?? plan.spec.seeds.seeds[0])
          try draw(prepared.training, called: "training images", augmented)
          if plan.spec.augmentation.isEmpty {
            Console.note("\(file) has no 'augmentation', so the versions are all the same")
          }
        case .data(let section):
          let set = try TestSet(section, from: data.locations)
          set.printNotes()
          try draw(set.samples, called: "images", set.samples)
          Console.note("\(file) has 'data' alone, so the versions are all the same")
        }
      }
    }

    /// Writes the sheet of `images`, and says what is on it.
    private func draw(
      _ images: ImageSamples, called noun: String, _ augmented: any SampleSource
    ) throws {
      let sheet = try AugmentationSheet(
        of: images, augmented: augmented, firstEpoch: epoch - 1, count: count)
      try Storage.export(sheet.picture.encodedPNG(), to: output)
      let shape = sheet.picture.shape
      Console.error(
        "\(output): \(sheet.rows.count) \(noun), each beside \(AugmentationSheet.versions) versions "
          + "(\(shape.width)×\(shape.height) pixels)")
      for (number, row) in sheet.rows.enumerated() {
        let file = row.file.map { " (\($0))" } ?? ""
        Console.error("row \(number + 1): \(row.className)\(file)".singleLine)
      }
    }
  }
}
