import Exchange
import ReferenceBackend
import Tensors
import Testing

@Suite struct PythonFileTests {
  /// The Python file of a network of small images with `channels`, without any parameters.
  private func text(
    _ pictures: PicturePreparation = PicturePreparation(), channels: Int = 3
  ) throws -> String {
    var graph = Graph(
      input: ImageShape(height: 4, width: 5, channels: channels), loss: PlainCrossentropy())
    graph.append(.flatten, layer: "flatten", input: 0)
    graph.append(.activation(.softmax), layer: "softmax", input: 1)
    let zeros = [Double](repeating: 0, count: channels)
    let model = ExportedModel(
      name: "network", specHash: "0", graph: graph, parameters: NamedTensors(), shift: zeros,
      divisor: zeros.map { _ in 255 }, pictures: pictures, classNames: ["a", "b"])
    return String(decoding: try PyTorchFile.files(of: model, at: "net.py")[0].bytes, as: UTF8.self)
  }

  /// `Tests/Interop/check_exported_pictures.py` holds what these lines do against `exp predict`.
  @Test(arguments: [
    (
      PicturePreparation.Fit.stretch, PicturePreparation.Interpolation.bilinear,
      "image = image.resize((5, 4), Image.Resampling.BILINEAR)"
    ),
    (.crop, .nearest, "image = ImageOps.fit(image, (5, 4), Image.Resampling.NEAREST)"),
    (.pad, .area, "border.paste(image.resize((width, height), Image.Resampling.BOX), place)"),
  ])
  func `pictures are resized as the run's data were`(
    fit: PicturePreparation.Fit, interpolation: PicturePreparation.Interpolation, line: String
  ) throws {
    let text = try text(
      PicturePreparation(
        resizing: .init(fit: fit, interpolation: interpolation), background: 7))
    #expect(text.contains("        \(line)\n"))
    #expect(text.contains("sheet = Image.new(\"RGB\", image.size, (7, 7, 7))"))
    #expect(text.contains("image = sheet.convert(\"RGB\")"))
  }

  @Test func `the border of grey pictures is a single grey`() throws {
    let text = try text(
      PicturePreparation(
        resizing: .init(fit: .pad, interpolation: .bilinear), background: 7), channels: 1)
    #expect(text.contains("image = sheet.convert(\"L\")"))
    #expect(text.contains("border = Image.new(\"L\", (5, 4), 7)"))
  }

  @Test func `where the run does not resize, pictures of another size are refused`() throws {
    let text = try text()
    #expect(!text.contains("Resampling"))
    #expect(text.contains("if image.size != (5, 4):"))
    #expect(text.contains("raise ValueError(f\"it has {size}, not 5x4\")"))
  }

  @Test func `pictures have one channel or three`() throws {
    for channels in [2, 4] { #expect(try !text(channels: channels).contains("def read")) }
  }
}
