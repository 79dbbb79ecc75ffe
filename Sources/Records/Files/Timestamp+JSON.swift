import Documents
import Files

extension Timestamp: JSONReadable, Encodable {
  /// Reads ISO 8601 in UTC.
  package init(json: JSONNode) throws {
    guard let moment = Timestamp(iso8601: try json.string) else {
      throw json.error("is not a time such as 2026-11-22T20:06:06.042Z")
    }
    self = moment
  }

  /// Writes ISO 8601 in UTC.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(iso8601)
  }
}
