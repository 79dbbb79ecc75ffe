import Exchange
import ExportedNetworks
import Tensors
import Testing

@Suite struct SafetensorsFileTests {
  private let model = ExportedNetwork.everything.model
  private let bytes: [UInt8]
  private let tensors: NamedTensors

  init() throws {
    bytes = try SafetensorsFile.files(of: model, at: "a.safetensors")[0].bytes
    tensors = try Safetensors.decode(bytes)
  }

  @Test func `names and shapes are those of PyTorch's modules`() {
    let shapes = Dictionary(
      uniqueKeysWithValues: tensors.entries.map { ($0.name, $0.tensor.shape) })
    let expected = [
      "stem.weight": [8, 3, 3, 3], "stem.bias": [8],
      "conv2d.weight": [8, 4, 3, 5], "conv2d.activation.weight": [8],
      "batch_normalization.weight": [8], "batch_normalization.bias": [8],
      "batch_normalization.running_mean": [8], "batch_normalization.running_var": [8],
      "depthwise_conv2d.weight": [16, 1, 3, 3],
      "separable_conv2d.depthwise.weight": [16, 1, 3, 3],
      "separable_conv2d.pointwise.weight": [6, 16, 1, 1], "separable_conv2d.pointwise.bias": [6],
    ]
    for (name, shape) in expected { #expect(shapes[name] == shape, "\(name)") }
    #expect(shapes.count == tensors.entries.count)
  }

  @Test func `a normalization has both weight and bias, or neither`() throws {
    let bias = try #require(tensors["group_normalization.bias"]).values
    #expect(bias == [Float](repeating: 0, count: 16))
    let weight = try #require(tensors["layer_normalization_1.weight"]).values
    #expect(weight == [Float](repeating: 1, count: 6))
    #expect(tensors["batch_normalization_1.weight"] == nil)
    #expect(tensors["batch_normalization_1.running_mean"] != nil)
  }

  @Test func `a kernel's numbers stand by filter, channel, row and column`() throws {
    let kernel = try #require(model.parameters["stem.kernel"]).values
    let weight = try #require(tensors["stem.weight"]).values
    for (filter, channel, row, column) in [(0, 0, 0, 0), (7, 2, 1, 0), (3, 1, 2, 1)] {
      #expect(
        weight[((filter * 3 + channel) * 3 + row) * 3 + column]
          == kernel[((row * 3 + column) * 3 + channel) * 8 + filter])
    }
  }

  @Test func `a dense layer reads what PyTorch's Flatten makes of an image`() throws {
    let flatten = try #require(model.graph.nodes.first { $0.layer == "flatten" })
    let image = model.graph.nodes[flatten.inputs[0]].shape
    let (height, width, channels) = (image.height, image.width, image.channels)
    try #require(height > 1 && width > 2 && channels > 2)
    let kernel = try #require(model.parameters["dense.kernel"]).values
    let weight = try #require(tensors["dense.weight"])
    #expect(weight.shape == [7, image.elementCount])
    for (unit, channel, row, column) in [(0, 0, 0, 1), (6, 2, 1, 2), (2, channels - 1, 1, 0)] {
      #expect(
        weight.values[unit * image.elementCount + (channel * height + row) * width + column]
          == kernel[((row * width + column) * channels + channel) * 7 + unit])
    }
  }

  @Test func `metadata name the layout, and vectors in another order than PyTorch's`() throws {
    let metadata = try Safetensors.metadata(bytes)
    #expect(metadata["format"] == "pt")
    #expect(metadata["layout"] == "pytorch")
    #expect(metadata["channels_last"] == "flatten_1")
    #expect(metadata["spec_hash"] == model.specHash)
  }
}
