import FoundationEssentials

extension RunFolder {
  /// Writes run.json.
  public func write(_ manifest: Manifest) throws { try writeJSON(manifest, to: .manifest) }

  /// Reads run.json.
  public func manifest() throws -> Manifest { try readJSON(.manifest) }

  /// Writes results.json.
  public func write(_ results: Results) throws { try writeJSON(results, to: .results) }

  /// Reads results.json.
  public func results() throws -> Results { try readJSON(.results) }

  /// Writes history.csv.
  public func write(_ history: History) throws { try write(history.csv, to: .history) }

  /// Reads history.csv.
  public func history() throws -> History { try parse(.history, History.init(csv:)) }

  /// Writes predictions.csv.
  public func write(_ predictions: PredictionTable) throws {
    try write(predictions.csv, to: .predictions)
  }

  /// Reads predictions.csv.
  public func predictions() throws -> PredictionTable {
    try parse(.predictions, PredictionTable.init(csv:))
  }

  private func writeJSON(_ value: some Encodable, to file: RunFile) throws {
    try write(JSONValue(encoding: value).text, to: file)
  }

  private func readJSON<Value: Decodable>(_ file: RunFile) throws -> Value {
    let bytes = try Storage.read(path(of: file))
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy =
      .convertFromString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return try decoder.decode(Value.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw DamagedFileError(path: path(of: file), reason: error.reason)
    } catch let error as ManifestFormat.Newer {
      throw NewerFormatError(path: path(of: file), format: error.number)
    }
  }

  private func parse<Value>(
    _ file: RunFile, _ parser: (String) throws(CSVError) -> Value
  ) throws -> Value {
    let text = try Storage.readText(path(of: file))
    do {
      return try parser(text)
    } catch {
      throw DamagedFileError(path: path(of: file), reason: error.reason)
    }
  }
}

extension DecodingError {
  /// What is wrong, and with which key, in a few words.
  fileprivate var reason: String {
    switch self {
    case .keyNotFound(let key, let context): "\(place(context.codingPath + [key])) is missing"
    case .valueNotFound(_, let context): "\(place(context.codingPath)) is null"
    case .typeMismatch(_, let context): "\(place(context.codingPath)) has the wrong type"
    case .dataCorrupted(let context) where context.codingPath.isEmpty: "it is not complete JSON"
    case .dataCorrupted(let context):
      "\(place(context.codingPath)): \(context.debugDescription)"
    @unknown default: "\(self)"
    }
  }

  private func place(_ codingPath: [any CodingKey]) -> String {
    let keys = codingPath.map { key in key.intValue.map(String.init) ?? key.stringValue }
    return "'\(keys.joined(separator: "."))'"
  }
}
