import ChildPrograms
import Exchange
import ExportedNetworks
import Foundation
import TemporaryFolders
import Testing

/// The Python that `make interop` made; nil where the tests were started otherwise.
private let python = ProcessInfo.processInfo.environment["INTEROP_PYTHON"]
private let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .appendingPathComponent("../../Interop/check_with_onnxruntime.py").path

/// Exports as onnxruntime computes them, and as ONNX's own checker sees them.
@Suite(.enabled(if: python != nil, "`make interop` runs exports in onnxruntime"))
struct ONNXRuntimeTests {
  @Test(arguments: ONNXVariant.allCases)
  func `onnxruntime gives the probabilities of exp`(variant: ONNXVariant) throws {
    let folder = try TemporaryFolder()
    let networks = try [.everything] + ExportedNetwork.experiments() + ExportedNetwork.random
    for network in networks {
      let path = "\(folder.path)/\(network.model.name).\(variant.rawValue).onnx"
      try Data(variant.bytes(network.model)).write(to: URL(fileURLWithPath: path))
      try network.writeExpectations(to: folder.path)
    }
    var program = ChildProgram([try #require(python), script, folder.path])
    program.outputLimit = 1 << 20
    let (ending, output) = try program.run()
    let text = String(decoding: output, as: UTF8.self)
    print(text)
    #expect(ending == .exited(status: 0))
    #expect(text.contains("\(networks.count) files"))
  }
}
