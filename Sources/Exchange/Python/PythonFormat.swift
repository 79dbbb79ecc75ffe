import TextLayout

/// A network as a Python file, which runs as it is, and its weights beside it: `NAME.py` and `NAME.safetensors`.
package protocol PythonFormat: ExportFormat {}

extension PythonFormat {
  package static var ending: String { ".py" }
  package static var options: Set<ExportOption> { [.calibrated] }

  package static func usualPath(of model: ExportedModel) -> String {
    model.pythonModuleName + ending
  }

  package static func usage(of path: String) -> String {
    "python \(path.shellQuoted) prints the network; "
      + (PythonModules.canImport(path)
        ? "load() and predict() are there to be imported"
        : "to import load() and predict(), export it under a name that Python's 'import' takes, such as "
          + PythonModules.importable(path).shellQuoted)
  }
}
