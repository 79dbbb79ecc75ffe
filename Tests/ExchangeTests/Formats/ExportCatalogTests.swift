import Exchange
import ReferenceBackend
import Tensors
import Testing

@Suite struct ExportCatalogTests {
  private func format(called name: String) throws -> any ExportFormat.Type {
    try #require(ExportCatalog.all.first { $0.name == name })
  }

  @Test(arguments: [
    ("m.onnx", "onnx"), ("M.ONNX", "onnx"), ("out.d/w.safetensors", "safetensors"),
    ("W.SafeTensors", "safetensors"), (".safetensors", "safetensors"), ("model", "onnx"),
    ("v1.2/model", "onnx"), ("model.", "onnx"), ("-", "onnx"), ("..", "onnx"), (nil, "onnx"),
  ])
  func `the name of a file says its format`(path: String?, name: String) throws {
    #expect(try ExportCatalog.format(nil, at: path).name == name)
  }

  @Test(arguments: [
    ("pytorch", "net.py"), ("keras", "NET.PY"), ("onnx", "model.bin"), ("keras", "net"),
    ("safetensors", nil), ("safetensors", "w.safetensors"),
  ])
  func `a wanted format takes its ending, an unknown one and none`(name: String, path: String?)
    throws
  {
    let wanted = try format(called: name)
    #expect(try ExportCatalog.format(wanted, at: path) == wanted)
  }

  @Test(arguments: [
    ("pytorch", "m.onnx", "'.py'", "'--format onnx'"),
    ("keras", "w.Safetensors", "'.py'", "'--format safetensors'"),
    ("onnx", "net.PY", "'.onnx'", "'--format pytorch' or '--format keras'"),
  ])
  func `the ending of another format is refused`(
    name: String, path: String, ending: String, way: String
  ) throws {
    let error = try #require(throws: ExportFormatError.self) {
      try ExportCatalog.format(format(called: name), at: path)
    }
    #expect(error.exitStatus == .usage)
    #expect(error.description.contains("'\(path)' ends as one of "))
    #expect(
      error.description.hasSuffix("hint: name a file that ends in \(ending), or say \(way)"))
  }

  @Test(arguments: ["m.pt", "a.onnx.gz", "runs/v1.2"])
  func `an ending that no format has is refused, with those that there are`(path: String) throws {
    let error = try #require(throws: ExportFormatError.self) {
      try ExportCatalog.format(nil, at: path)
    }
    #expect(
      error.description == """
        '\(path)' ends as files of no format do
        hint: name a file that ends in '.onnx', '.safetensors' or '.py', or say which format by '--format'
        """)
  }

  @Test func `a Python file is for one of two libraries`() throws {
    let error = try #require(throws: ExportFormatError.self) {
      try ExportCatalog.format(nil, at: "m.Py")
    }
    #expect(error.description.hasSuffix("add '--format pytorch' or '--format keras'"))
  }

  @Test func `an option is for the formats whose files it changes`() throws {
    for format in ExportCatalog.all {
      try ExportCatalog.require(Array(format.options), in: format)
    }
    let error = try #require(throws: ExportFormatError.self) {
      try ExportCatalog.require([.calibrated], in: SafetensorsFile.self)
    }
    #expect(
      error.description == """
        '--calibrated' changes nothing in a file of the format safetensors
        hint: it is for '--format onnx', '--format pytorch' or '--format keras'
        """)
  }

  @Test func `each format has files of its ending, the first where it is wanted`() throws {
    let model = EveryOperation().model()
    for format in ExportCatalog.all {
      let path = format.usualPath(of: model)
      #expect(path.hasSuffix(format.ending))
      #expect(try format.files(of: model, at: path)[0].path == path)
      #expect(format.usage(of: path).contains(path))
    }
  }
}
