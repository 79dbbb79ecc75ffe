import ChildPrograms
import Exchange
import Foundation
import ReferenceBackend
import TemporaryFolders
import Tensors
import Testing

/// Names from a stranger's run, which must not say what a generated file does.
@Suite struct HostileNamesTests {
  private static let names = [
    "x; import os", "a\"b", "'''", "\"\"\"", "line\nimport os", "\\", "trailing\\\"", "{name}",
    "%s",
    "\u{202e}evil", "\u{2028}", "\0", "\u{feff}", "Käse 🧀", "train", "__init__", "class", "1st", "",
    "self", "x", "-", "a-b", "a_b", "forward", "_modules",
  ]

  /// A chain of dense layers and one dropout with these names.
  private static let model: ExportedModel = {
    var graph = Graph(
      input: ImageShape(height: 1, width: 2, channels: 1), loss: PlainCrossentropy())
    var x = graph.append(.flatten, layer: "flatten", input: 0)
    for (number, name) in names.enumerated() {
      x = graph.append(
        number == 3 ? .dropout(rate: 0.5) : .dense(units: 3, useBias: true), layer: name, input: x)
      if number == 5 { x = graph.append(.concatenation, layer: "join", inputs: [x, x - 1]) }
    }
    x = graph.append(.dense(units: names.count, useBias: true), layer: "last", input: x)
    graph.append(.activation(.softmax), layer: "last", input: x)
    return ExportedModel(
      name: "\"\"\"; import os; os.system('false')\n\\", specHash: "\"\"\"\n", graph: graph,
      parameters: graph.unusualParameters, shift: [0], divisor: [255], classNames: names)
  }()

  private static let script = """
    import ast, pathlib, sys
    tree = ast.parse(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    imports = [n.names[0].name for n in ast.walk(tree) if isinstance(n, ast.Import)]
    imports += [n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    names = next(n.value for n in tree.body if getattr(getattr(n, "targets", [None])[0], "id", "") == "CLASS_NAMES")
    print(sorted(imports))
    print([[ord(c) for c in name] for name in ast.literal_eval(names)])
    """

  private typealias Export = (ExportedModel, String) throws -> [ExportedFile]

  /// What Python reads in the file that `export` makes: the modules that it imports, and the scalars of class names.
  private func read(_ export: Export) throws -> [String] {
    let folder = try TemporaryFolder()
    let file = try export(Self.model, "\(folder.path)/net.py")[0]
    try Data(file.bytes).write(to: URL(fileURLWithPath: file.path))
    let (ending, output) = try ChildProgram(["python3", "-c", Self.script, file.path]).run()
    #expect(ending == .exited(status: 0))
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private static let scalars =
    "["
    + names.map { "[\($0.unicodeScalars.map { "\($0.value)" }.joined(separator: ", "))]" }
    .joined(separator: ", ") + "]"

  @Test(
    .enabled(if: (try? ChildProgram(["python3", "-c", ""]).run()) != nil, "there is no Python"))
  func `they are only data in a file for PyTorch`() throws {
    let lines = try read(PyTorchFile.files)
    let imports = [
      "PIL", "numpy", "pathlib", "safetensors.torch", "sys", "torch", "torch",
      "torch.nn.functional",
    ]
    #expect(lines == ["[\(imports.map { "'\($0)'" }.joined(separator: ", "))]", Self.scalars])
  }

  @Test(
    .enabled(if: (try? ChildProgram(["python3", "-c", ""]).run()) != nil, "there is no Python"))
  func `they are only data in a file for Keras`() throws {
    let lines = try read(KerasFile.files)
    let imports = ["PIL", "keras", "keras", "numpy", "pathlib", "safetensors.numpy", "sys"]
    #expect(lines == ["[\(imports.map { "'\($0)'" }.joined(separator: ", "))]", Self.scalars])
  }

  /// The part of `text` that declares layers.
  private func tensorNames(_ files: [ExportedFile]) throws -> [String] {
    try Safetensors.decode(files[1].bytes).entries.map(\.name)
  }

  @Test func `each layer has an identifier of its own`() throws {
    for export in [PyTorchFile.files as Export, KerasFile.files] {
      let names = try tensorNames(export(Self.model, "net.py"))
      #expect(Set(names).count == names.count)
      let others = names.filter { $0.wholeMatch(of: /[A-Za-z]\w*\.(weight|kernel|bias)/) == nil }
      #expect(others == [])
      let layers = Set(names.map { $0.prefix { $0 != "." } })
      #expect(layers.isSuperset(of: ["a_b", "a_b_2", "train_", "class_", "layer__init__"]))
    }
  }
}
