/// A run's file of weights as it was scored, told by its contents.
package struct ScoredWeights: Codable, Hashable, Sendable {
  package let file: RunFile
  /// SHA-256 of the file, in hexadecimal.
  package let sha256: String

  enum CodingKeys: String, CodingKey { case file, sha256 }

  package init(file: RunFile, sha256: String) {
    self.file = file
    self.sha256 = sha256
  }
}
