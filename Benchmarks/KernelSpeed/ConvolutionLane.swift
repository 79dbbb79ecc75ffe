import CKernels

/// The memory of a convolution of one lane of images, filled with numbers, and its passes.
final class ConvolutionLane {
  private let algorithm: Convolution.Algorithm
  private let shape: exp_convolution
  private let narrow: exp_narrow
  private let givesBack: Bool
  private let slope: Float
  private let winners: UnsafeMutablePointer<exp_winner>?
  private let x, y, dx, dy, kernel, dkernel, bias, dbias, points, transposed,
    room: UnsafeMutablePointer<Float>
  private var owned: [UnsafeMutableRawPointer] = []

  init(_ convolution: Convolution) {
    algorithm = convolution.algorithm
    let shape = convolution.shape
    self.shape = shape
    slope = convolution.isPooled ? 0 : 1
    givesBack = convolution.givesBack
    var narrow = exp_narrow()
    narrow.convolution = shape
    narrow.input_step = shape.channels.0
    narrow.activation = EXP_RECTIFIER
    narrow.slope = slope
    narrow.pooling = convolution.isPooled ? EXP_MAXIMUM : EXP_UNPOOLED
    self.narrow = narrow
    let width = Int(exp_convolution_width(shape.instructions))
    func filledUp(_ channels: Int) -> Int { (channels + width - 1) / width * width }
    var owned: [UnsafeMutableRawPointer] = []
    func floats(_ count: Int) -> UnsafeMutablePointer<Float> {
      let memory = UnsafeMutableRawPointer.allocate(byteCount: count * 4, alignment: 64)
      owned.append(memory)
      let floats = memory.bindMemory(to: Float.self, capacity: count)
      for i in 0..<count { floats[i] = Float(i * 7919 % 1000) / 1000 - 0.5 }
      return floats
    }
    let (inputs, outputs) = convolution.channels
    let side = convolution.isPooled ? convolution.sides.result / 2 : convolution.sides.result
    let sourceCount = Convolution.images * convolution.sides.source * convolution.sides.source
    let results = Convolution.images * side * side * filledUp(outputs)
    x = floats(sourceCount * filledUp(inputs))
    dx = floats(sourceCount * filledUp(inputs))
    y = floats(results)
    dy = floats(results)
    kernel = floats(convolution.size * convolution.size * inputs * outputs)
    dkernel = floats(convolution.size * convolution.size * inputs * outputs)
    bias = floats(outputs)
    dbias = floats(outputs)
    let narrowRoom = withUnsafePointer(to: narrow) {
      max(exp_narrow_forward_room($0), exp_narrow_backward_room($0))
    }
    (points, transposed, room) = withUnsafePointer(to: shape) {
      (
        floats(Int(exp_winograd_kernel_size($0))), floats(Int(exp_winograd_transposed_size($0))),
        floats(
          Int(
            max(exp_winograd_forward_room($0), exp_winograd_backward_room($0), narrowRoom))
        )
      )
    }
    if convolution.isPooled {
      let memory = UnsafeMutableRawPointer.allocate(byteCount: results, alignment: 64)
      owned.append(memory)
      winners = memory.bindMemory(to: exp_winner.self, capacity: results)
    } else {
      winners = nil
    }
    self.owned = owned
    // Weights are taken to all points once for all lanes, which is not measured. The gradients need winners.
    withUnsafePointer(to: shape) {
      exp_winograd_transform_kernel($0, kernel, 0, $0.pointee.channels.0, false, points)
      exp_winograd_transform_kernel($0, kernel, 0, $0.pointee.channels.0, true, transposed)
    }
    run(.forward)
  }

  deinit { for memory in owned { memory.deallocate() } }

  func run(_ pass: Pass) {
    withUnsafePointer(to: shape) { shape in
      switch (algorithm, pass) {
      case (.winograd, .forward):
        exp_winograd_forward(shape, x, nil, points, bias, slope, y, winners, room)
      case (.winograd, .gradients):
        let gradients = exp_convolution_gradients(
          input: givesBack ? dx : nil, kernel: dkernel, bias: dbias)
        let given = exp_given_back(
          dy: dy, winners: winners, y: nil, normalization: nil, slope: slope)
        exp_winograd_backward(shape, x, nil, given, transposed, gradients, false, room)
      case (.narrow, .forward):
        withUnsafePointer(to: narrow) {
          exp_narrow_forward($0, x, kernel, bias, y, nil, winners, room)
        }
      case (.narrow, .gradients):
        let gradients = exp_convolution_gradients(
          input: givesBack ? dx : nil, kernel: dkernel, bias: dbias)
        withUnsafePointer(to: narrow) {
          exp_narrow_backward($0, x, kernel, y, winners, dy, nil, gradients, room)
        }
      }
    }
  }
}
