import CKernels
import Testing

/// The kernels by themselves, with every instruction set that this process may use.
@Suite("Convolutions of few channels")
struct NarrowTests {
  @Test(arguments: NarrowCase.all, [true, false])
  func `results and gradients are those of double precision`(example: NarrowCase, givesBack: Bool) {
    let wanted = example.plain()
    for set in WinogradTests.sets {
      let found = example.run(set, givesBack: givesBack)
      for (name, tensor) in NarrowResults.tensors where givesBack || tensor != \.input {
        let wanted = wanted[name] ?? []
        let scale = wanted.lazy.map { abs($0) }.max() ?? 0
        let errors = zip(found[keyPath: tensor], wanted).map { abs(Double($0) - $1) }
        // What was not written is NaN, which is below nothing.
        #expect(
          errors.allSatisfy { $0 <= 2e-5 * scale },
          "\(name), set \(set.rawValue): \(errors.max() ?? 0) of \(scale)")
      }
    }
  }

  @Test(
    .enabled(if: WinogradTests.sets.contains(EXP_AVX512), "this process has no AVX-512"),
    arguments: NarrowCase.all, [true, false])
  func `AVX2 and AVX-512 give the same bits`(example: NarrowCase, givesBack: Bool) {
    let (short, long) = (
      example.run(EXP_AVX2, givesBack: givesBack), example.run(EXP_AVX512, givesBack: givesBack)
    )
    for (name, tensor) in NarrowResults.tensors {
      #expect(
        short[keyPath: tensor].map(\.bitPattern) == long[keyPath: tensor].map(\.bitPattern),
        "\(name)")
    }
  }

  @Test func `what a mean is of need not be kept`() {
    for example in NarrowCase.all where example.pooling == EXP_MEAN {
      for set in WinogradTests.sets {
        #expect(example.run(set, keeps: false).result == example.run(set).result)
      }
    }
  }

  @Test func `weights that see nothing but zeros around the image get a gradient of zero`() {
    let example = NarrowCase(size: [1, 1], kernel: [5, 5], channels: [3, 6], padding: [2, 2])
    for set in WinogradTests.sets {
      let gradient = example.run(set).kernel
      for (place, value) in gradient.enumerated() {
        #expect((value == 0) == (place / (3 * 6) != 12))
      }
    }
  }

  @Test func `the largest of values of which one is no number is none either`() {
    for place in 0..<4 {
      var example = NarrowCase(
        size: [2, 2], kernel: [1, 1], channels: [1, 9], pooling: EXP_MAXIMUM)
      example.x[place] = .nan
      for set in WinogradTests.sets {
        #expect(example.run(set).result.allSatisfy { $0.isNaN }, "place \(place)")
      }
    }
  }
}

/// The result of a convolution, and the gradients of what went into it.
struct NarrowResults: Sendable {
  let result: [Float]
  let input: [Float]
  let kernel: [Float]
  let bias: [Float]

  static let tensors: [(String, KeyPath<NarrowResults, [Float]> & Sendable)] = [
    ("result", \.result), ("gradient of input", \.input), ("gradient of kernel", \.kernel),
    ("gradient of bias", \.bias),
  ]
}
