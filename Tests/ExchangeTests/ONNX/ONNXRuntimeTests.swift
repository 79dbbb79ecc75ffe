import ChildPrograms
import Datasets
import Diagnostics
import Exchange
import Foundation
import OneDNNBackend
import Plans
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

  @Test func `random graphs give the probabilities of the plain loops`() throws {
    try confirm(
      (0..<100).map { number in
        let model = RandomGraph(number: number).graph.model
        return (
          "graph\(number)",
          try ConfirmedExport(
            model, layout: number % 2 == 0 ? .nchw : .nhwc,
            input: number % 4 < 2 ? .float : .bytes, backend: ReferenceBackend())
        )
      })
  }

  @Test func `every experiment gives the probabilities of the command's own kernels`() throws {
    let folder = Self.tests.appendingPathComponent("../experiments").path
    let reader = PlanReader(DataLocations(), readsWeights: false) { dataset in
      try Self.summary(of: dataset)
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".yaml") }.sorted()
    #expect(files.count > 10)
    try confirm(
      files.map { file in
        var diagnostics = Diagnostics()
        let plans = try reader.read("\(folder)/\(file)", &diagnostics)
        let plan = try #require(plans.first, "\(file): \(diagnostics.rendered())")
        return (
          String(file.dropLast(".yaml".count)),
          try ConfirmedExport(
            plan.graph.model, layout: .nchw, input: .float, backend: OneDNNBackend(threads: 2))
        )
      })
  }

  /// What an experiment needs to know of its data, none of which has to be here.
  private static func summary(of dataset: any DatasetSpec) throws -> DatasetSummary {
    let (shape, classes): (ImageShape, Int)
    switch type(of: dataset).type {
    case "mnist", "fashion_mnist":
      (shape, classes) = (.init(height: 28, width: 28, channels: 1), 10)
    case "cifar10": (shape, classes) = (.init(height: 32, width: 32, channels: 3), 10)
    case "image_folder": (shape, classes) = (.init(height: 32, width: 32, channels: 3), 6)
    default: return try dataset.summarize(in: DataLocations())
    }
    return DatasetSummary(
      imageShape: shape, classNames: (0..<classes).map(String.init), trainingCount: 50_000,
      validationCount: nil, testCount: 10_000)
  }
}
