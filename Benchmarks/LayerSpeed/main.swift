import OneDNNBackend
import ReferenceBackend
import Tensors

// What our code adds to the library's kernels, layer by layer: the time by which a training step grows with each
// further copy of the layer, against the time by which that of the kernels in it grows. One thread.

/// Images that cost next to nothing to make.
struct BlankImages: SampleSource {
  let count = 128
  let imageShape: ImageShape
  let classCount = 10
  func label(of sample: Int) -> Int { sample % classCount }
  func writeInput(of sample: Int, epoch: Int, to destination: UnsafeMutablePointer<Float>) {
    destination.update(repeating: 0.5, count: imageShape.elementCount)
  }
}

struct LayerCase {
  let name: String
  let input: ImageShape
  let operation: Tensors.Operation
}

func program(_ layer: LayerCase, copies: Int, _ profile: Profile) throws -> any Program {
  var graph = Graph(input: layer.input, loss: PlainCrossentropy())
  // A first layer that learns, so that every copy has an input gradient.
  var last = graph.append(
    layer.input.isFlat
      ? .dense(units: layer.input.channels, useBias: false)
      : .convolution2D(
        filters: layer.input.channels,
        window: Window(size: [1, 1], strides: [1, 1], padding: .valid), useBias: false),
    layer: "first", inputs: [0])
  for copy in 0..<copies {
    last = graph.append(layer.operation, layer: "copy\(copy)", input: last)
  }
  last = graph.append(.flatten, layer: "end", input: last)
  last = graph.append(.dense(units: 10, useBias: true), layer: "end", input: last)
  graph.append(.activation(.softmax), layer: "end", input: last)
  let program = try OneDNNBackend(threads: 1, profile: profile).compile(
    graph, laneSize: 16, mode: .training(NoUpdate()))
  try program.load(graph.initialParameters(seed: 1))
  return program
}

extension Profile.Steps {
  /// Seconds in the library's kernels.
  var kernelSeconds: Double {
    pieces.reduce(0) { $0 + ($1.key.kernel == nil ? 0 : $1.value.time / .seconds(1)) }
  }
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

func measure(_ layer: LayerCase) throws -> (library: Double, ours: Double) {
  let (few, many) = (2, 6)
  let profile = Profile()
  let source = BlankImages(imageShape: layer.input)
  let batch = Batch(source: source, samples: Array(0..<source.count)[...])
  let programs = try [few, many].map { try program(layer, copies: $0, profile) }
  var growths: [Double] = []
  var kernels: [Double] = []
  for round in 0..<9 {
    let steps = try programs.map { program in
      try (0..<15).map { _ in
        _ = try program.train(batch, StepRates(learningRate: 0))
        return profile.take()
      }
    }
    guard round > 0 else { continue }  // the first round warms up
    let wholes = steps.map { median($0.map { $0.time / .seconds(1) }) }
    let parts = steps.map { median($0.map(\.kernelSeconds)) }
    let lanesOfCopies = Double((many - few) * source.count / 16)
    growths.append((wholes[1] - wholes[0]) / lanesOfCopies)
    kernels.append((parts[1] - parts[0]) / lanesOfCopies)
  }
  return (median(kernels), median(growths))
}

func window(
  _ size: Int, strides: Int = 1, dilation: SIMD2<Int> = [1, 1]
) -> Window {
  Window(size: [size, size], strides: [strides, strides], padding: .same, dilation: dilation)
}

let image = ImageShape(height: 14, width: 14, channels: 32)
let cases = [
  LayerCase(
    name: "conv2d 3×3, 32 filters", input: image,
    operation: .convolution2D(filters: 32, window: window(3), useBias: true)),
  LayerCase(
    name: "conv2d 3×3, dilation 2", input: image,
    operation: .convolution2D(filters: 32, window: window(3, dilation: [2, 2]), useBias: true)),
  LayerCase(
    name: "conv2d 3×3, 2 groups", input: image,
    operation: .convolution2D(filters: 32, window: window(3), groups: 2, useBias: true)),
  LayerCase(
    name: "conv2d 1×1, 32 filters", input: image,
    operation: .convolution2D(filters: 32, window: window(1), useBias: true)),
  LayerCase(
    name: "depthwise_conv2d 3×3", input: image,
    operation: .convolution2D(filters: 32, window: window(3), groups: 32, useBias: true)),
  LayerCase(
    name: "dense, 512 units", input: ImageShape(flat: 512),
    operation: .dense(units: 512, useBias: true)),
  LayerCase(
    name: "max_pooling2d 3×3", input: image, operation: .pooling2D(.max, window(3))),
  LayerCase(
    name: "average_pooling2d 3×3", input: image, operation: .pooling2D(.average, window(3))),
  LayerCase(name: "tanh", input: image, operation: .activation(.tanh)),
  LayerCase(name: "gelu", input: image, operation: .activation(.gelu)),
  LayerCase(name: "softmax", input: image, operation: .activation(.softmax)),
  LayerCase(
    name: "rescaling", input: image, operation: .rescaling(scale: 0.5, offset: 0.1)),
]

print("microseconds for 16 images, forward and backward\n")
func row(_ name: String, _ rest: [String]) {
  let columns = rest.map { String(repeating: " ", count: max(0, 10 - $0.count)) + $0 }
  print(name + String(repeating: " ", count: 26 - name.count) + columns.joined())
}
row("layer", ["kernels", "step", "ratio"])
for layer in cases {
  let (library, ours) = try measure(layer)
  func rounded(_ value: Double, _ scale: Double) -> String {
    "\((value * scale).rounded() / scale)"
  }
  row(
    layer.name, [rounded(library * 1e6, 10), rounded(ours * 1e6, 10), rounded(ours / library, 100)])
}
