import Documents
import Testing

@Suite struct CSVTests {
  @Test(arguments: [
    ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
    ("two\nlines", "\"two\nlines\""), ("two\r\nlines", "\"two\r\nlines\""), ("", ""), ("🙂", "🙂"),
  ])
  func fieldsAreQuotedWhereNeeded(field: String, quoted: String) {
    #expect(CSV.line([field, "x"]) == quoted + ",x\n")
  }
}
