import Learning
import Records
import Tensors

/// The parts of a saved state: the texts of its training, history and trace, a line with the name and shape of each
/// tensor, and the numbers. A zero byte follows each part but the last.
///
/// Whatever they contain, they make a valid safetensors file.
struct StateParts {
  private let training, history, trace: String
  private let tensors: NamedTensors

  private static let textCount = 4
  /// The most numbers of all tensors together.
  private static let mostNumbers = 1 << 15
  private static let mostAxes = 4

  /// The parts in an input; nil if it has too few, or texts that are none.
  init?(_ bytes: [UInt8]) {
    let parts = bytes.split(
      separator: 0, maxSplits: Self.textCount, omittingEmptySubsequences: false)
    let texts = parts.prefix(Self.textCount).compactMap { String(validating: $0, as: UTF8.self) }
    guard parts.count == Self.textCount + 1, texts.count == Self.textCount,
      let tensors = Self.tensors(texts[3], Array(parts[Self.textCount]))
    else { return nil }
    training = texts[0]
    history = texts[1]
    trace = texts[2]
    self.tensors = tensors
  }

  /// The parts of the state in a `file`.
  init(file: [UInt8]) {
    (tensors, training, history, trace) = mustSucceed {
      let texts = try Safetensors.metadata(file)
      return (
        try Safetensors.decode(file), texts["training"] ?? "", texts["history"] ?? "",
        texts["trace"] ?? ""
      )
    }
  }

  /// The input that these are the parts of.
  var bytes: [UInt8] {
    let shapes = tensors.entries.map { entry in
      "\(entry.name) \(entry.tensor.shape.map(String.init).joined(separator: ","))"
    }
    let texts = [training, history, trace, shapes.joined(separator: "\n")]
    return texts.flatMap { Array($0.utf8) + [0] }
      + tensors.entries.flatMap { $0.tensor.values.withUnsafeBytes(Array.init) }
  }

  /// A safetensors file with these parts.
  var file: [UInt8] {
    mustSucceed {
      try Safetensors.encode(
        tensors, metadata: ["training": training, "history": history, "trace": trace])
    }
  }

  /// The position that training says it is at.
  var position: StatePosition {
    let state = try? TrainingState(tensors: tensors, text: training)
    return StatePosition(
      epoch: state?.progress.epoch ?? 0, step: state?.progress.current.step ?? 0)
  }

  /// The tensors with the names and shapes in `lines`; numbers that are missing are 0.
  private static func tensors(_ lines: String, _ bytes: [UInt8]) -> NamedTensors? {
    var (tensors, start) = (NamedTensors(), 0)
    for line in lines.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1)
      let shape = words.count < 2 ? [] : words[1].split(separator: ",").map { Int($0) ?? -1 }
      guard let name = words.first, shape.allSatisfy({ 0...mostNumbers ~= $0 }),
        shape.count <= mostAxes, case let count = shape.reduce(1, *), start + count <= mostNumbers
      else { return nil }
      tensors.entries.append(
        .init(
          name: String(name),
          tensor: Tensor(shape: shape, values: numbers(start..<start + count, of: bytes))))
      start += count
    }
    return tensors
  }

  private static func numbers(_ places: Range<Int>, of bytes: [UInt8]) -> [Float] {
    places.map { place in
      bytes.dropFirst(4 * place).prefix(4).enumerated().reduce(Float(0)) { number, byte in
        Float(bitPattern: number.bitPattern | UInt32(byte.element) << (8 * byte.offset))
      }
    }
  }
}
