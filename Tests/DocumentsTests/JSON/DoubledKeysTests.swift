import Documents
import Testing

/// Of a key that is there twice some programs read the first value, and others the last.
@Suite struct DoubledKeysTests {
  private func reason(_ text: String) -> String? {
    do throws(JSONError) {
      _ = try JSONDocument(Array(text.utf8))
      return nil
    } catch {
      return error.reason
    }
  }

  @Test(arguments: [
    (#"{"a": 1, "a": 2}"#, "'a' is there twice"),
    (#"{"b": 0, "a": {"x": 1, "y": [], "x": {}}}"#, "'a.x' is there twice"),
    (#"[{"a": 1, "\u0061": 2}]"#, "'0.a' is there twice"),
  ])
  func `an object has each key once`(text: String, expected: String) {
    #expect(reason(text) == expected)
  }

  @Test func `one of many keys is found, too`() {
    let members = (0..<100).map { "\"key\($0)\": {}" }
    #expect(reason("{" + members.joined(separator: ",") + "}") == nil)
    #expect(
      reason("{" + (members + ["\"key7\": 1"]).joined(separator: ",") + "}")
        == "'key7' is there twice")
  }

  @Test func `different objects may have the same keys`() {
    #expect(reason(#"{"a": {"a": 1}, "b": {"a": 1}, "": [{"a": 1}, {"a": 1}]}"#) == nil)
  }
}
