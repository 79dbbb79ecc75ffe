import Diagnostics
import Documents
import Tensors
import TextLayout

/// A network as an ONNX file: images go in, class probabilities come out, for any number of images at once.
package enum ONNXFile: ExportFormat {
  package static let name = "onnx"
  package static let ending = ".onnx"
  package static let options: Set<ExportOption> = [.layout, .input, .calibrated]

  /// The order of an image's numbers.
  package enum Layout: String, CaseIterable, Sendable {
    /// Channels, height, width: what ONNX's operators read, and nearly every model in that format.
    case nchw
    /// Height, width, channels: what decoded pictures are. A transposition is then the graph's first step.
    case nhwc
  }

  /// The numbers that the graph takes.
  package enum Input: String, CaseIterable, Sendable {
    /// Those that the network reads, scaled already.
    case float
    /// The pixels' bytes, which the graph scales.
    case bytes
  }

  /// Operators as of ONNX 1.12, of 2022: the first set with LayerNormalization; all else that a network needs is older.
  /// onnxruntime reads it since 1.12 and TensorRT since 8.6. Later sets would only shorten GELU (20) and group
  /// normalization (21).
  static let opset = 17
  /// The version of the file format that belongs to ONNX 1.12.
  static let irVersion = 8

  package static func files(
    of model: ExportedModel, at path: String, _ settings: ExportSettings
  ) throws(ONNXError) -> [ExportedFile] {
    // Names, nodes and constants take far less than the last sixteenth.
    let bytes = model.graph.parameters.reduce(0) { $0 + 4 * $1.parameter.count }
    guard bytes < limit / 16 * 15 else { throw .tooLarge(byteCount: bytes) }
    var builder = ONNXGraphBuilder(model)
    let graph = builder.graph(layout: settings.layout, input: settings.input)
    let file = ONNX.Model(
      irVersion: irVersion, opset: opset, producerName: "exp", producerVersion: settings.version,
      graph: graph, metadata: metadata(of: model, settings))
    return [ExportedFile(path: path, bytes: file.message.bytes)]
  }

  package static func usage(of path: String) -> String {
    "onnxruntime.InferenceSession(\(path.pythonQuoted)).run(None, {'images': images}) gives the probabilities"
  }

  /// A message of Protocol Buffers has less than 2 GiB.
  private static let limit = 1 << 31

  private static func metadata(
    of model: ExportedModel, _ settings: ExportSettings
  ) -> [(key: String, value: String)] {
    let shape = model.graph.inputShape
    let order = settings.layout == .nchw ? "channels, height, width" : "height, width, channels"
    let numbers =
      switch settings.input {
      case .bytes: "pixels' bytes as they are, 0 to 255"
      case .float: "(byte - shift) / divisor of each pixel's byte, by channel"
      }
    let scaling = [("shift", model.shift), ("divisor", model.divisor)].map {
      ($0.0, PlainValue.list($0.1.map { .number($0) }).json)
    }
    return [
      ("experiment", model.name), ("spec_hash", model.specHash),
      ("class_names", PlainValue.list(model.classNames.map { .string($0) }).json),
      (
        "input",
        "images of \(shape.height) x \(shape.width) pixels; axes: batch, \(order); \(numbers)"
      ),
      (
        "output",
        "the probability of each class, in the order of class_names"
          + (model.temperature == 1 ? "" : "; calibrated by the temperature \(model.temperature)")
          + (model.threshold.map { "; the second class is chosen from \($0) on" } ?? "")
      ),
    ] + (settings.input == .float ? scaling : [])
      + (model.threshold.map { [("threshold", "\($0)")] } ?? [])
  }
}

/// The reason why a network cannot be an ONNX file.
package enum ONNXError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Its weights do not fit into one file.
  case tooLarge(byteCount: Int)

  package var description: String {
    switch self {
    case .tooLarge(let byteCount):
      "an ONNX file holds less than 2 GiB, and these weights have \(byteCount) bytes\n"
        + "hint: '--format safetensors' has no such limit"
    }
  }
}

extension ONNXError: ReportableError {
  package var exitStatus: ExitStatus { .usage }
}
