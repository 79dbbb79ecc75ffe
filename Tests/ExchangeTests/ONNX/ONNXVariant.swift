import Exchange

/// The files that the options of an export make of a network.
enum ONNXVariant: String, CaseIterable {
  case floatNCHW = "float-nchw"
  case bytesNHWC = "bytes-nhwc"

  /// The file of `model`.
  func bytes(_ model: ExportedModel) throws -> [UInt8] {
    try ONNXFile.files(
      of: model, at: "network.onnx", layout: self == .floatNCHW ? .nchw : .nhwc,
      input: self == .floatNCHW ? .float : .bytes, version: "0")[0].bytes
  }
}
