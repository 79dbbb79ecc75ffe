import ChildPrograms
import Exchange
import Foundation
import OneDNNBackend
import ReferenceBackend
import TemporaryFolders
import Tensors
import Testing

/// The Python that `make interop` made; nil where the tests were started otherwise.
private let python = ProcessInfo.processInfo.environment["INTEROP_PYTHON"]

/// Exports as onnxruntime computes them, and as ONNX's own checker sees them.
@Suite(.enabled(if: python != nil, "`make interop` runs exports in onnxruntime"))
struct ONNXRuntimeTests {
  private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..")

  private struct Export {
    let name: String
    let model: ExportedModel
    var layout = ONNXFile.Layout.nchw
    var input = ONNXFile.Input.float
  }

  /// Lets onnxruntime confirm that `exports` give the probabilities of `backend`.
  private func confirm(_ exports: [Export], by backend: any Backend) throws {
    let folder = try TemporaryFolder()
    for export in exports {
      let (layout, input) = (export.layout, export.input)
      let path = "\(folder.path)/\(export.name)"
      let files = try ONNXFile.files(
        of: export.model, at: "\(path).onnx",
        ExportSettings(layout: layout, input: input, version: "0"))
      let expectation = try Expectation(
        export.model, layout: layout, input: input, backend: backend)
      try Data(files[0].bytes).write(to: URL(fileURLWithPath: files[0].path))
      try Data(expectation.file).write(to: URL(fileURLWithPath: "\(path).safetensors"))
    }
    let script = Self.tests.appendingPathComponent("Interop/check_with_onnxruntime.py").path
    var program = ChildProgram([try #require(python), script, folder.path])
    program.outputLimit = 1 << 20
    let (ending, output) = try program.run()
    let text = String(decoding: output, as: UTF8.self)
    print(text)
    #expect(ending == .exited(status: 0), "\(text)")
    #expect(text.contains("\(exports.count) files"))
  }

  @Test func `random graphs and special cases give the probabilities of the plain loops`() throws {
    let random = (0..<100).map { number in
      Export(
        name: "graph\(number)", model: RandomGraph(number: number).graph.model,
        layout: number % 2 == 0 ? .nchw : .nhwc, input: number % 4 < 2 ? .float : .bytes)
    }
    let special = Export(name: "special-cases", model: Graph.specialCases.model)
    try confirm(random + [special], by: ReferenceBackend())
  }

  @Test func `every experiment gives the probabilities of the command's own kernels`() throws {
    let networks = try ExperimentNetwork.all()
    #expect(networks.count > 10)
    try confirm(
      networks.map { Export(name: $0.name, model: $0.graph.model) },
      by: OneDNNBackend(threads: 2))
  }
}
