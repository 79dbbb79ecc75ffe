import ArgumentParser
import Datasets

extension DataCommand {
  /// `exp data sample FOLDER`
  struct Sample: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Draw a folder of coloured pictures to try with.",
      discussion: """
        Circles, crosses, hearts, squares, stars and triangles: a folder of PNGs for each, to train on and to test \
        with. They are the same on every machine.

          exp data sample shapes
          exp run experiments/shapes.yaml
        """)

    @Argument(
      help: ArgumentHelp(
        "The folder to make; if there is one, it must be empty.", valueName: "folder"),
      completion: .directory)
    var folder: String
    @OptionGroup var output: OutputOptions

    func run() throws {
      try SampleFolder.write(to: folder)
      let classes = SampleShape.allCases.count
      let counts = SamplePicture.Part.allCases.map { SampleFolder.count(in: $0) * classes }
      Console.output(
        "\(folder): \(counts[0].grouped) pictures of \(classes) classes to train on and \(counts[1].grouped) to test with, "
          + "\(SamplePicture.side)×\(SamplePicture.side) pixels\n")
    }
  }
}
