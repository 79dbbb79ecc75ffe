import CKernels

/// A pass whose speed is measured.
enum Pass: String, CaseIterable {
  case forward
  case gradients
}

/// A convolution of the networks in `experiments`, and how fast it has to be.
struct Convolution {
  enum Algorithm: String { case winograd, narrow }

  let algorithm: Algorithm
  /// The sides of the images and of their results; channels.
  let sides: (source: Int, result: Int)
  let channels: (source: Int, result: Int)
  /// The rows and columns of the kernel.
  let size: Int
  let stride: Int
  /// True if ReLU and a pooling by maximum follow, which it computes on the way.
  let isPooled: Bool
  /// The least share of a product's speed, forward and of both gradients.
  let floors: (forward: Double, gradients: Double)

  /// The images of a lane.
  static let images = 16

  /// Floors are some two thirds to three quarters of what an EPYC with AVX-512 reaches, whether limited to AVX2 or not.
  static let measured = [
    // mnist-baseline, mnist-deotte
    Convolution(.narrow, 26, to: 24, 1, 32, pooled: true, floors: (0.50, 0.50)),
    Convolution(.winograd, 12, to: 10, 32, 64, pooled: true, floors: (0.50, 0.50)),
    Convolution(.winograd, 26, to: 24, 32, 32, floors: (0.45, 0.45)),
    Convolution(.winograd, 24, to: 12, 32, 32, size: 5, stride: 2, floors: (0.45, 0.45)),
    Convolution(.winograd, 12, to: 10, 32, 64, floors: (0.50, 0.50)),
    Convolution(.winograd, 10, to: 8, 64, 64, floors: (0.60, 0.60)),
    Convolution(.winograd, 8, to: 4, 64, 64, size: 5, stride: 2, floors: (0.45, 0.45)),
    // lenet5
    Convolution(.narrow, 28, to: 28, 1, 6, size: 5, floors: (0.20, 0.20)),
    Convolution(.narrow, 14, to: 10, 6, 16, size: 5, floors: (0.50, 0.50)),
    // mnist-resnet
    Convolution(.narrow, 28, to: 28, 1, 16, floors: (0.50, 0.50)),
    Convolution(.winograd, 28, to: 28, 16, 16, floors: (0.30, 0.30)),
    Convolution(.winograd, 28, to: 14, 16, 32, stride: 2, floors: (0.45, 0.45)),
    Convolution(.winograd, 14, to: 14, 32, 32, floors: (0.50, 0.50)),
    Convolution(.winograd, 14, to: 7, 32, 64, stride: 2, floors: (0.55, 0.55)),
    Convolution(.winograd, 7, to: 7, 64, 64, floors: (0.60, 0.60)),
    // cifar10
    Convolution(.narrow, 32, to: 32, 3, 16, floors: (0.50, 0.50)),
    Convolution(.winograd, 32, to: 32, 16, 16, floors: (0.30, 0.30)),
    Convolution(.winograd, 8, to: 8, 64, 64, floors: (0.60, 0.60)),
  ]

  private init(
    _ algorithm: Algorithm, _ source: Int, to result: Int, _ inputs: Int, _ outputs: Int,
    size: Int = 3, stride: Int = 1, pooled isPooled: Bool = false, floors: (Double, Double)
  ) {
    self.algorithm = algorithm
    sides = (source, result)
    channels = (inputs, outputs)
    self.size = size
    self.stride = stride
    self.isPooled = isPooled
    self.floors = floors
  }

  var name: String {
    "\(algorithm.rawValue) \(size)×\(size), \(sides.source)×\(sides.source)×\(channels.source) → "
      + "\(sides.result)×\(sides.result)×\(channels.result)" + (isPooled ? ", pooled" : "")
  }

  func floor(of pass: Pass) -> Double { pass == .forward ? floors.forward : floors.gradients }

  /// True if the gradient of the input is computed, too. Images get none.
  var givesBack: Bool { channels.source > 3 }

  /// The floating-point operations of its products, after Winograd's transforms.
  func operations(of pass: Pass) -> Double {
    let multiplications =
      switch algorithm {
      case .winograd: withUnsafePointer(to: shape) { Int(exp_winograd_multiplications($0)) }
      case .narrow: size * size * sides.result * sides.result
      }
    let forward =
      2 * Double(Self.images * multiplications * channels.source * channels.result)
    return pass == .gradients && givesBack ? 2 * forward : forward
  }

  /// It as the kernels take it.
  var shape: exp_convolution {
    var shape = exp_convolution()
    shape.instructions =
      algorithm == .narrow
      ? exp_narrow_instructions(Int64(channels.result)) : exp_vector_instructions()
    shape.images = Int64(Self.images)
    shape.channels = (Int64(channels.source), Int64(channels.result))
    shape.rows = (Int64(sides.source), Int64(sides.result))
    shape.columns = shape.rows
    shape.size = (Int64(size), Int64(size))
    shape.strides = (Int64(stride), Int64(stride))
    let padding = max(0, (sides.result - 1) * stride + size - sides.source)
    shape.before = (Int64(padding / 2), Int64(padding / 2))
    return shape
  }
}
