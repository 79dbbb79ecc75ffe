import Foundation
import Testing

@Suite struct CheckCommandTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.writeStripes()
  }

  @Test func itShowsTheLayersFromTheInputOn() throws {
    let ending = try place.exp("check stripes.yaml --threads 2")
    #expect(ending.code == 0)
    #expect(ending.error == "")
    #expect(
      ending.output == """
        layer          output shape  parameters  FLOPs per image
        input                 8×8×1           0                0
        conv2d                6×6×4          40            2,736
        max_pooling2d         3×3×4           0              108
        flatten                  36           0                0
        dropout                  36           0                0
        dense                     3         111              219
        total                               151            3,063

        images of each class, before any are held out: 0: 32, 1: 32, 2: 32
        FLOPs: 3,063 per image, about 147 thousand in a training step of 16 images
        memory: about 36 MB in training on 2 threads: images 8.2 kB, parameters with gradients, optimizer and saved state 6.8 kB, activations 80 kB, the program 36 MB

        """)
  }

  @Test func itShowsWhatIsFrozenAndWhatTakesOtherLayers() throws {
    try place.write(
      Stripes.spec([
        "model": """

          layers:
            - {type: conv2d, filters: 4, kernel_size: 3, name: stem, trainable: false}
            - batch_normalization
            - {type: add, inputs: [batch_normalization, stem]}
            - flatten
            - {type: dense, units: 3, activation: softmax}
        """
      ]), to: "residual.yaml")
    let ending = try place.exp("check residual.yaml --threads 1")
    #expect(ending.code == 0)
    #expect(
      ending.output == """
        layer                inputs                     output shape  parameters  training  FLOPs per image
        input                                                  8×8×1           0                          0
        stem                                                   6×6×4          40  frozen              2,592
        batch_normalization                                    6×6×4          16                        576
        add                  batch_normalization, stem         6×6×4           0                        144
        flatten                                                  144           0                          0
        dense                                                      3         435                        867
        total                                                                491                      4,179

        images of each class, before any are held out: 0: 32, 1: 32, 2: 32
        parameters: 443 trainable, 8 moving statistics, 40 frozen
        FLOPs: 4,179 per image, about 201 thousand in a training step of 16 images
        memory: about 36 MB in training on 1 thread: images 8.2 kB, parameters with gradients, optimizer and saved state 20 kB, activations 179 kB, the program 36 MB

        """)
  }

  @Test func itShowsWhatIsTakenFromAFileAndWhatBeginsAnew() throws {
    try place.write(Stripes.spec(), to: "start.yaml")
    #expect(try place.exp("run start.yaml --output-dir runs").code == 0)
    let folder = try #require(place.names(in: "runs/start").first)
    try place.write(
      """
      extends: stripes.yaml
      model: {weights: {file: runs/start/\(folder)/weights.safetensors, except: [dense]}}
      """, to: "continued.yaml")
    let ending = try place.exp("check continued.yaml --threads 1")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(
      ending.output.hasPrefix(
        """
        layer          output shape  parameters  weights  FLOPs per image
        input                 8×8×1           0                         0
        conv2d                6×6×4          40  file               2,736
        max_pooling2d         3×3×4           0                       108
        flatten                  36           0                         0
        dropout                  36           0                         0
        dense                     3         111  new                  219
        total                               151                     3,063

        images of each class, before any are held out: 0: 32, 1: 32, 2: 32
        weights: 40 from 
        """), "\(ending.output)")
    #expect(ending.output.contains("/weights.safetensors; 111 begin anew: dense\n"))
  }

  @Test func theLayersCanBeDrawn() throws {
    let ending = try place.exp("check --graph model.svg stripes.yaml")
    #expect(ending.code == 0)
    #expect(ending.output.hasPrefix("layer "))
    #expect(ending.error == "model.svg: the layers as a picture\n")
    let picture = try place.text("model.svg")
    #expect(picture.hasPrefix("<svg "))
    #expect(picture.contains("takes max_pooling2d"))
    let streamed = try place.exp("check --graph - stripes.yaml")
    #expect(streamed.code == 0)
    #expect(streamed.output == picture)
    #expect(streamed.error == "")
  }

  @Test func onlyOneFileIsDrawn() throws {
    let ending = try place.exp("check --graph model.svg stripes.yaml stripes.yaml")
    #expect(ending.code == 64)
    #expect(ending.error.hasPrefix("error: '--graph' draws one file, got 2\n"))
    #expect(!place.exists("model.svg"))
  }

  @Test func mistakesAreNotDrawn() throws {
    try place.write(Stripes.spec(["training": "{epochs: 0}"]), to: "a.yaml")
    #expect(try place.exp("check --graph model.svg a.yaml").code == 65)
    #expect(!place.exists("model.svg"))
    #expect(try place.exp("check --graph nowhere/model.svg stripes.yaml").code == 74)
  }

  @Test func severalFilesHaveTitles() throws {
    try place.write(Stripes.spec(["name": "two"]), to: "other.yaml")
    let ending = try place.exp("check stripes.yaml other.yaml")
    #expect(ending.code == 0)
    #expect(ending.output.hasPrefix("stripes.yaml: stripes\n\nlayer "))
    #expect(ending.output.contains("\n\nother.yaml: two\n\nlayer "))
  }

  @Test func mistakesOfAllFilesComeAtOnce() throws {
    try place.write(Stripes.spec(["training": "{epochs: 0}"]), to: "a.yaml")
    try place.write(Stripes.spec(["training": "{epochs: x}"]), to: "b.yaml")
    let ending = try place.exp("check a.yaml b.yaml")
    #expect(ending.code == 65)
    #expect(ending.output == "")
    #expect(
      ending.error == """
        a.yaml:4:20: error: must be at least 1, got 0
            4 | training: {epochs: 0}
              |                    ^
        b.yaml:4:20: error: needs a whole number, got 'x'
            4 | training: {epochs: x}
              |                    ^

        """)
  }

  @Test(arguments: [
    ("nowhere.yaml", "error: cannot read 'nowhere.yaml': No such file or directory\n"),
    (
      "data",
      "error: cannot read 'data': Is a directory\nhint: name the files in it, as in 'data/*.yaml'\n"
    ),
  ])
  func aFileThatCannotBeReadIsMissingInput(file: String, said: String) throws {
    let ending = try place.exp("check \(file)")
    #expect(ending.code == 66)
    #expect(ending.error == said)
  }

  @Test func mnistNeedsNoFiles() throws {
    try place.write(
      Stripes.spec([
        "data": "{dataset: mnist}",
        "model": "{layers: [flatten, {type: dense, units: 10, activation: softmax}]}",
      ]), to: "mnist.yaml")
    #expect(try place.exp("check mnist.yaml").code == 0)
  }

  @Test func theProjectsExperimentsAreRight() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../experiments").standardized.path
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".yaml") && !["shapes.yaml", "resnet18.yaml"].contains($0) }
    #expect(files.contains("mnist-baseline.yaml"))
    let ending = try place.exp("check " + files.map { "\(folder)/\($0)" }.joined(separator: " "))
    #expect(ending.code == 0, "\(ending.error)")
  }
}
