import Exchange
import ReferenceBackend
import Tensors
import Testing

@Suite struct SafetensorsFileTests {
  private func tensors(_ model: ExportedModel) throws -> NamedTensors {
    try Safetensors.decode(SafetensorsFile.files(of: model, at: "a.safetensors")[0].bytes)
  }

  @Test func `names and shapes are those of PyTorch's modules`() throws {
    let tensors = try tensors(EveryOperation().model())
    let shapes = Dictionary(
      uniqueKeysWithValues: tensors.entries.map { ($0.name, $0.tensor.shape) })
    let expected = [
      "conv2d.weight": [8, 3, 3, 3], "conv2d.bias": [8],
      "batch_normalization.weight": [8], "batch_normalization.bias": [8],
      "batch_normalization.running_mean": [8], "batch_normalization.running_var": [8],
      "grouped.weight": [12, 2, 3, 3], "prelu.weight": [12], "prelu_by_column.weight": [12, 1, 8],
      "separable_conv2d.depthwise.weight": [24, 1, 3, 3],
      "separable_conv2d.pointwise.weight": [8, 24, 1, 1], "separable_conv2d.pointwise.bias": [8],
      "separable_conv2d.activation.weight": [8], "hidden.weight": [6, 288], "hidden.bias": [6],
    ]
    for (name, shape) in expected { #expect(shapes[name] == shape, "\(name)") }
    #expect(shapes.count == tensors.entries.count)
  }

  @Test func `a normalization has both weight and bias, or neither`() throws {
    let tensors = try tensors(EveryOperation().model())
    #expect(tensors["layer_normalization.bias"]?.values == [Float](repeating: 0, count: 12))
    let weight = try #require(tensors["batch_of_vector.weight"]).values
    #expect(weight == [Float](repeating: 1, count: weight.count))
  }

  @Test func `a kernel's numbers stand by filter, channel, row and column`() throws {
    let model = EveryOperation().model()
    let kernel = try #require(model.parameters["conv2d.kernel"]).values
    let weight = try #require(try tensors(model)["conv2d.weight"]).values
    for (filter, channel, row, column) in [(0, 0, 0, 0), (7, 2, 1, 0), (3, 1, 2, 1)] {
      #expect(
        weight[((filter * 3 + channel) * 3 + row) * 3 + column]
          == kernel[((row * 3 + column) * 3 + channel) * 8 + filter])
    }
  }

  @Test func `a dense layer reads what PyTorch's Flatten makes of an image`() throws {
    let model = EveryOperation().model()
    // Of an image of 8×6 pixels with 6 channels.
    let kernel = try #require(model.parameters["hidden.kernel"]).values
    let weight = try #require(try tensors(model)["hidden.weight"]).values
    for (unit, channel, row, column) in [(0, 0, 0, 1), (4, 5, 7, 2), (2, 3, 1, 5)] {
      #expect(
        weight[unit * 288 + (channel * 8 + row) * 6 + column]
          == kernel[((row * 6 + column) * 6 + channel) * 6 + unit])
    }
  }

  @Test func `metadata say from which probability on the second of two classes is chosen`() throws {
    let model = EveryOperation().model(threshold: 0.25)
    let file = try SafetensorsFile.files(of: model, at: "a.safetensors")[0]
    #expect(try Safetensors.metadata(file.bytes)["threshold"] == "0.25")
  }

  @Test func `metadata name the layout, the experiment and its classes`() throws {
    let file = try SafetensorsFile.files(of: EveryOperation().model(), at: "a.safetensors")[0]
    let metadata = try Safetensors.metadata(file.bytes)
    #expect(metadata["format"] == "pt")
    #expect(metadata["layout"] == "pytorch")
    #expect(metadata["experiment"] == "every-operation")
    #expect(metadata["class_names"] == #"["ant","bée","\"c\"","d"]"#)
    #expect(metadata["spec_hash"] == "0123abcd")
    #expect(metadata["threshold"] == nil)
  }
}
