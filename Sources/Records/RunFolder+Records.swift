import Documents
import Files

extension RunFolder {
  /// Writes run.json.
  package func write(_ manifest: Manifest) throws { try writeJSON(manifest, to: .manifest) }

  /// Reads run.json.
  package func manifest() throws -> Manifest {
    try read(.manifest, with: nil) { json in
      let manifest: Manifest = try json.decoded()
      try Manifest.check(
        name: manifest.name, tag: manifest.tag, classNames: manifest.data.classNames)
      try manifest.fold?.check()
      return manifest
    }
  }

  /// Writes values.json.
  package func write(_ values: RunValues) throws {
    try write(values.json.indentedJSON, to: .values)
  }

  /// Reads values.json.
  package func values() throws -> RunValues { try read(.values) }

  /// Writes origins.json.
  package func write(_ origins: [ValueOrigin]) throws { try writeJSON(origins, to: .origins) }

  /// Reads origins.json.
  package func origins() throws -> [ValueOrigin] { try read(.origins) }

  /// Writes results.json.
  package func write(_ results: Results) throws { try writeJSON(results, to: .results) }

  /// Reads results.json.
  package func results() throws -> Results { try read(.results) }

  /// Reads all of results.json as it stands there, with what `results` computes anew.
  package func resultsTree() throws -> PlainValue {
    try read(.results, with: nil) { try PlainValue(json: $0) }
  }

  /// Writes history.csv.
  package func write(_ history: History) throws { try write(history.csv, to: .history) }

  /// Reads history.csv, which has no more than a line for each of `epochs`.
  package func history(epochs: Int? = nil) throws -> History {
    try parse(
      .history, limit: epochs.map { 1024 * (1 + min(max($0, 0), 1 << 20)) }, History.init(csv:))
  }

  /// Writes predictions.csv.
  package func write(_ predictions: PredictionTable) throws {
    try write(predictions.csv, to: .predictions)
  }

  /// Writes trace.csv.
  package func write(_ trace: Trace) throws { try write(trace.csv, to: .trace) }

  /// Reads the rows of trace.csv, which may have as many bytes as every such file, or else `limit`.
  package func traceRows(limit: Int? = nil) throws -> [Trace.Row] {
    try parse(.trace, limit: limit) { text throws(CSVError) in try Trace(csv: text).rows() }
  }

  /// Reads predictions.csv, which has no more than a line for each test image of `data`.
  package func predictions(of data: Manifest.DataSummary? = nil) throws -> PredictionTable {
    try parse(.predictions, limit: data?.largestPredictions, PredictionTable.init(csv:))
  }

  private func writeJSON(_ value: some Encodable, to file: RunFile) throws {
    try write(PlainValue(encoding: value).indentedJSON, to: file)
  }

  private func read<Value: Decodable>(_ file: RunFile) throws -> Value {
    try read(file, with: nil) { try $0.decoded() }
  }

  /// Reads a JSON `file`, or the part of it that `index` has, and converts it by `convert`.
  func read<Value>(
    _ file: RunFile, with index: FileIndex?, _ convert: (JSONNode) throws -> Value
  ) throws -> Value {
    let path = path(of: file)
    do {
      return try FileIndex.value(
        of: file.rawValue, in: self.path, limit: file.limit, with: index, open: opened,
        read: { bytes in
          let document = try JSONDocument(bytes)
          return (try convert(document.root), document.readPart)
        },
        restore: { try convert(JSONDocument($0).root) })
    } catch let error as JSONError {
      throw DamagedFileError(path: path, reason: error.reason)
    } catch let error as ManifestFormat.Other {
      throw OtherFormatError(path: path, format: error.number)
    }
  }

  private func parse<Value>(
    _ file: RunFile, limit: Int? = nil, _ parser: (String) throws(CSVError) -> Value
  ) throws -> Value {
    let text = try text(of: file, limit: limit)
    do {
      return try parser(text)
    } catch {
      throw DamagedFileError(path: path(of: file), reason: error.reason)
    }
  }
}
