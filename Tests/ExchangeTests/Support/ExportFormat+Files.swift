import Exchange

extension ExportFormat {
  /// The files of `model` where nothing else is said.
  static func files(of model: ExportedModel, at path: String) throws -> [ExportedFile] {
    try files(of: model, at: path, ExportSettings(version: "0"))
  }
}
