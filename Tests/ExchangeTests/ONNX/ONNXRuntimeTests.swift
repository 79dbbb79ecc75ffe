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

  /// Lets onnxruntime confirm `exports`, by their names.
  private func confirm(_ exports: [(name: String, export: ConfirmedExport)]) throws {
    let folder = try TemporaryFolder()
    for (name, export) in exports {
      try Data(export.onnx).write(to: URL(fileURLWithPath: "\(folder.path)/\(name).onnx"))
      try Data(export.expectation)
        .write(to: URL(fileURLWithPath: "\(folder.path)/\(name).safetensors"))
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
    try confirm(
      (0..<100).map { number in
        let model = RandomGraph(number: number).graph.model
        return (
          "graph\(number)",
          try ConfirmedExport(
            model, layout: number % 2 == 0 ? .nchw : .nhwc,
            input: number % 4 < 2 ? .float : .bytes, backend: ReferenceBackend())
        )
      } + [
        (
          "special-cases",
          try ConfirmedExport(
            Graph.specialCases.model, layout: .nchw, input: .float, backend: ReferenceBackend())
        )
      ])
  }

  @Test func `every experiment gives the probabilities of the command's own kernels`() throws {
    let networks = try ExperimentNetwork.all()
    #expect(networks.count > 10)
    try confirm(
      networks.map { network in
        (
          network.name,
          try ConfirmedExport(
            network.graph.model, layout: .nchw, input: .float, backend: OneDNNBackend(threads: 2))
        )
      })
  }
}
