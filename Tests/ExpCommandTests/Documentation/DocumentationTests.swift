import Datasets
import Foundation
import Tensors
import Testing

/// What README and manual show works as they say.
@Suite struct DocumentationTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test func `every command that is named exists, with its options`() throws {
    let pages = try MarkdownFile.all()
    var helps: [[String]: String] = [:]
    /// The help of a command; nil if there is none.
    func help(_ command: [String]) throws -> String? {
      if let known = helps[command] { return known }
      let ending = try place.exp((command + ["--help"]).joined(separator: " "))
      guard ending.code == 0 else { return nil }
      helps[command] = ending.output
      return ending.output
    }
    let commands = pages.flatMap(\.commands)
    #expect(commands.count > 100)
    for (place, words) in commands where words.count > 1 {
      let isGroup = words.count > 2 && words[1] == "data" && words[2].first?.isLowercase == true
      let command = Array(words[1..<(isGroup ? 3 : 2)]).filter { $0.first != "-" }
      guard let help = try help(command) else {
        Issue.record("\(place): there is no command \(words.joined(separator: " "))")
        continue
      }
      for word in words where word.hasPrefix("--") {
        let option = word.prefix { $0 != "=" }
        #expect(
          help.split(whereSeparator: { " ,\n[]/=".contains($0) }).contains(option)
            || ["--help", "--version"].contains(option),
          "\(place): \(words.joined(separator: " "))")
      }
    }
  }

  @Test func `every link leads to a file, and to a heading in it`() throws {
    let links = try MarkdownFile.all().flatMap(\.links)
    #expect(links.count > 50)
    for (place, file, heading) in links {
      let path = MarkdownFile.repository.appendingPathComponent(file).path
      #expect(FileManager.default.fileExists(atPath: path), "\(place): there is no \(file)")
      guard let heading, file.hasSuffix(".md") else { continue }
      let headings = try MarkdownFile(file).headings
      #expect(headings.contains(heading), "\(place): \(file) has no #\(heading)")
    }
  }

  /// The blocks of YAML that say something to `exp`; `FollowedPagesTests` uses those that are files.
  static let specs =
    (try? MarkdownFile.all().flatMap(\.blocks)
      .filter {
        $0.language == "yaml" && $0.file == nil && !$0.text.hasPrefix("apiVersion:")
      }) ?? []

  @Test func `there are specs to check`() { #expect(Self.specs.count > 10) }

  @Test(arguments: specs)
  func `every spec, or part of one, is valid`(block: MarkdownFile.Block) throws {
    try place.write(
      """
      name: mnist-baseline
      data: {dataset: {type: synthetic_digits, training: 200, test: 50}, validation: 50}
      model:
        layers:
          - {type: conv2d, filters: 4, kernel_size: 3}
          - flatten
          - {type: dropout, rate: 0.5}
          - {type: dense, units: 10, activation: softmax, name: head}
      optimizer: {type: adam, learning_rate: 0.001}
      training: {epochs: 2, batch_size: 32}

      """, to: "experiments/mnist-baseline.yaml")
    if block.text.contains("type: slurm") {
      try place.write(block.text, to: "slurm.yaml")
      let ending = try place.exp(
        "run experiments/mnist-baseline.yaml --launcher slurm.yaml --dry-run")
      #expect(ending.code == 0, "\(ending.error)")
      return
    }
    for folder in ["flowers", "digits"] where block.text.contains("path: ../\(folder)") {
      try writePictures(to: folder)
    }
    if block.text.contains("digits.safetensors") {
      try #require(try place.exp("run experiments/mnist-baseline.yaml").code == 0)
      let export = try place.exp("export latest -o experiments/digits.safetensors")
      try #require(export.code == 0, "\(export.error)")
    }
    try place.write(Self.spec(of: block), to: "experiments/shown.yaml")
    let ending = try place.exp("check experiments/shown.yaml")
    #expect(ending.code == 0, "\(Self.spec(of: block))\n\(ending.error)")
  }

  /// A whole spec that has what `block` shows.
  private static func spec(of block: MarkdownFile.Block) -> String {
    if block.text.hasPrefix("name:") || block.text.hasPrefix("extends:") { return block.text }
    // What is left out.
    let lines = block.lines.filter { !$0.hasSuffix(" …") }
    let text = lines.map { $0 + "\n" }.joined()
    guard text.hasPrefix("    - ") else { return "extends: mnist-baseline.yaml\n" + text }
    return "extends: mnist-baseline.yaml\nmodel:\n  layers:\n" + text
      + "    - flatten\n    - {type: dense, units: 10, activation: softmax}\n"
  }

  /// Writes twenty pictures of each of ten classes.
  private func writePictures(to folder: String) throws {
    for name in 0..<10 {
      for number in 0..<20 {
        let picture = Picture(
          ImageShape(height: 28, width: 28, channels: 3),
          pixels: (0..<2352).map { UInt8(truncatingIfNeeded: $0 + number) })
        try place.write(try picture.encodedPNG(), to: "\(folder)/\(name)/\(number).png")
      }
    }
  }

  // MARK: output

  @Test func `the mistakes are those that the manual shows`() throws {
    let shown = try shown("docs/manual/checking.md", "exp check mnist.yaml")
    try place.write(
      """
      name: mnist
      data: {dataset: mnist}
      model:
        layers:
          - {type: Conv2D, filters: 32, kernel: 3, activation: relu}
          - flatten
      optimizer: {type: adam, lr: 0.001}
      training: {epochs: "10"}

      """, to: "mnist.yaml")
    #expect(try place.exp("check mnist.yaml").error == shown)
  }

  @Test func `the table of layers is the one that the manual shows`() throws {
    let shown = try shown("docs/manual/checking.md", "exp check experiments/mnist-baseline.yaml")
    let spec = MarkdownFile.repository.appendingPathComponent("experiments/mnist-baseline.yaml")
    let ending = try place.exp("check \(spec.path)")
    // Memory depends on threads and on the processor.
    let layers = try #require(shown.components(separatedBy: "\nmemory:").first)
    #expect(ending.output.contains(layers), "\(ending.output)")
  }

  /// Scores and times are others on each processor; all else is as it is shown.
  @Test func `a run prints what the manual shows`() throws {
    let shown = try shown(
      "docs/manual/running.md", "exp run experiments/synthetic-quickstart.yaml")
    let spec = MarkdownFile.repository
      .appendingPathComponent("experiments/synthetic-quickstart.yaml")
    // Without optimization it takes minutes.
    let ending = try place.start("run \(spec.path) --threads 2").ending(within: .seconds(900))
    #expect(ending.code == 0)
    func lines(_ text: String) -> [[String]] {
      text.split(separator: "\n").map { String($0).wordsWithoutNumbers }
        .sorted { $0.joined() < $1.joined() }
    }
    #expect(lines(ending.output + ending.error) == lines(shown))
  }

  /// What `page` shows below `command`.
  private func shown(_ page: String, _ command: String) throws -> String {
    let block = try #require(
      try MarkdownFile(page).blocks.first { $0.lines.first == "$ " + command })
    return block.lines.dropFirst().map { $0 + "\n" }.joined()
  }
}
