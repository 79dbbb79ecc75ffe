/// A tiny dataset: 8×8 images of three classes, told apart by which third of the rows is bright.
enum Stripes {
  static let names = [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
  ]

  /// Writes the four files into the folder `data`.
  static func write(to workplace: Workplace) throws {
    for (name, bytes) in zip(names, files(training: 96, test: 30)) {
      try workplace.write(bytes, to: "data/\(name)")
    }
  }

  private static func files(training: Int, test: Int) -> [[UInt8]] {
    [(0, training), (training, test)].flatMap { first, count in
      let samples = first..<first + count
      return [
        idx([count, 8, 8], samples.flatMap(pixels)), idx([count], samples.map { UInt8($0 % 3) }),
      ]
    }
  }

  /// An IDX file of unsigned bytes.
  static func idx(_ dimensions: [Int], _ values: [UInt8]) -> [UInt8] {
    [0, 0, 8, UInt8(dimensions.count)]
      + dimensions.flatMap { size in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) } }
      + values
  }

  private static func pixels(of sample: Int) -> [UInt8] {
    (0..<64).map { pixel in
      // The golden ratio's digits: no two images are the same.
      let noise = UInt8((UInt64(sample * 64 + pixel) &* 0x9E37_79B9_7F4A_7C15) >> 57)
      return pixel / 24 == sample % 3 ? 90 + noise : noise
    }
  }

  /// A spec that trains on it in an instant. `changes` replaces sections.
  static func spec(_ changes: [String: String] = [:]) -> String {
    let sections = [
      ("data", "{dataset: {type: idx, path: data}, validation: 24}"),
      (
        "model",
        "{layers: [{type: conv2d, filters: 4, kernel_size: 3, activation: relu}, max_pooling2d, "
          + "flatten, {type: dropout, rate: 0.2}, {type: dense, units: 3, activation: softmax}]}"
      ),
      ("optimizer", "{type: adam, learning_rate: 0.01}"),
      ("training", "{epochs: 3, batch_size: 16}"),
    ]
    let known = Set(sections.map(\.0))
    return sections.map { "\($0): \(changes[$0] ?? $1)\n" }.joined()
      + changes.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }
      .map { "\($0): \($1)\n" }.joined()
  }
}

extension Workplace {
  /// Writes `stripes.yaml` and its data.
  func writeStripes(_ changes: [String: String] = [:]) throws {
    try Stripes.write(to: self)
    try write(Stripes.spec(changes), to: "stripes.yaml")
  }
}
