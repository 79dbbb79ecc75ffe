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
  static let model: ExportedModel = {
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

  private static let formats: [any ExportFormat.Type] = [PyTorchFile.self, KerasFile.self]

  /// What Python reads in a file of `format`: the modules that it imports, and the scalars of class names.
  private func read(_ format: any ExportFormat.Type) throws -> [String] {
    let folder = try TemporaryFolder()
    let file = try format.files(of: Self.model, at: "\(folder.path)/net.py")[0]
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
    let lines = try read(PyTorchFile.self)
    let imports = [
      "PIL", "numpy", "pathlib", "safetensors.torch", "sys", "torch", "torch",
      "torch.nn.functional",
    ]
    #expect(lines == ["[\(imports.map { "'\($0)'" }.joined(separator: ", "))]", Self.scalars])
  }

  @Test(
    .enabled(if: (try? ChildProgram(["python3", "-c", ""]).run()) != nil, "there is no Python"))
  func `they are only data in a file for Keras`() throws {
    let lines = try read(KerasFile.self)
    let imports = ["PIL", "keras", "keras", "numpy", "pathlib", "safetensors.numpy", "sys"]
    #expect(lines == ["[\(imports.map { "'\($0)'" }.joined(separator: ", "))]", Self.scalars])
  }

  private func tensorNames(_ files: [ExportedFile]) throws -> [String] {
    try Safetensors.decode(files[1].bytes).entries.map(\.name)
  }

  @Test func `each layer has an identifier of its own`() throws {
    for format in Self.formats {
      let names = try tensorNames(format.files(of: Self.model, at: "net.py"))
      #expect(Set(names).count == names.count)
      let others = names.filter { $0.wholeMatch(of: /[A-Za-z]\w*\.(weight|kernel|bias)/) == nil }
      #expect(others == [])
      let layers = Set(names.map { $0.prefix { $0 != "." } })
      #expect(layers.isSuperset(of: ["a_b", "a_b_2", "train_", "class_", "layer__init__"]))
    }
  }

  // MARK: names of the file's own

  /// Networks that need all definitions that files may have.
  private static let fullModels = [
    EveryOperation().model(temperature: 1.75), Graph.specialCases.model,
  ]

  /// What the files of `fullModels` bind at their top, and the modules that they import.
  private static func ownNames() throws -> (bound: Set<String>, modules: Set<String>) {
    var (bound, modules) = (Set<String>(), Set<String>())
    for model in fullModels {
      for format in Self.formats {
        let text = String(
          decoding: try format.files(of: model, at: "net.py")[0].bytes, as: UTF8.self)
        for line in text.split(separator: "\n") {
          if let match = line.firstMatch(of: /^(?:def |class |)(\w+)(?:\(| = |:$)/),
            !["try", "else"].contains(match.1)
          {
            bound.insert(String(match.1))
          }
          if let match = line.firstMatch(of: /^ *(?:from|import) (\w+)/) {
            modules.insert(String(match.1))
          }
          if let match = line.firstMatch(of: /^(?: {4})?(?:from .*)?import (?:.* as )?(\w+)$/) {
            bound.insert(String(match.1))
          }
        }
      }
    }
    return (bound, modules)
  }

  @Test func `names that files need themselves are found`() throws {
    let (bound, modules) = try Self.ownNames()
    #expect(
      bound.isSuperset(of: [
        "CLASS_NAMES", "SHIFT", "TEMPERATURE", "Network", "GaussianNoise", "PReLUByPlace",
        "window_share", "average_pooling", "load", "load_file", "main", "np", "F", "nn", "Path",
      ]))
    #expect(modules == ["PIL", "keras", "numpy", "pathlib", "safetensors", "sys", "torch"])
  }

  /// Layers with the names of what files have, each with a connection that skips the next layer, so that a variable
  /// holds its result; the last softmax has a temperature.
  static func borrowedNames() throws -> ExportedModel {
    var graph = Graph(
      input: ImageShape(height: 1, width: 2, channels: 1), loss: PlainCrossentropy())
    graph.append(.flatten, layer: "flatten", input: 0)
    var x = graph.append(.dense(units: 3, useBias: true), layer: "first", input: 1)
    for name in try ownNames().bound.union(["temperature", "print", "ValueError"]).sorted() {
      let skipped = graph.append(.activation(.tanh), layer: name, input: x)
      x = graph.append(.dense(units: 3, useBias: true), layer: "\(name)-next", input: skipped)
      x = graph.append(.combination(.add), layer: "\(name)-sum", inputs: [skipped, x])
    }
    graph.append(.activation(.softmax), layer: "softmax", input: x)
    return ExportedModel(
      name: "numpy", specHash: "0", graph: graph, parameters: graph.unusualParameters, shift: [0],
      divisor: [255], classNames: ["a", "b", "c"], temperature: 1.75)
  }

  @Test func `no layer's variable has a name that the file needs`() throws {
    let (bound, _) = try Self.ownNames()
    for format in Self.formats {
      let text = String(
        decoding: try format.files(of: Self.borrowedNames(), at: "net.py")[0].bytes, as: UTF8.self)
      #expect(text.contains("TEMPERATURE_ = "))
      let variables = text.split(separator: "\n")
        .compactMap { $0.firstMatch(of: /^ +(\w+) =/).map { String($0.1) } }
      #expect(bound.union(["print", "ValueError"]).isDisjoint(with: variables))
    }
  }

  @Test func `no file is named as a module that it needs`() throws {
    let model = try Self.borrowedNames()
    #expect(PyTorchFile.usualPath(of: model) == "numpy_.py")
    for module in try Self.ownNames().modules.union(["random", "typing", "tensorflow"]) {
      #expect(throws: ExportFormatError.self) {
        try KerasFile.files(of: model, at: "out/\(module).py")
      }
      #expect(PythonModules.hidden(by: "out/\(module).py") == module)
      #expect(PythonModules.hidden(by: "out/\(module)_.py") == nil)
      #expect(PythonModules.hidden(by: "\(module)/net.py") == nil)
    }
  }
}
