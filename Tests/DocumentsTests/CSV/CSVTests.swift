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

  @Test(arguments: [
    ("=cmd()", "'=cmd()"), ("+1+1", "'+1+1"), ("-a", "'-a"), ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"), ("\r\n=1", "'\r\n=1"), ("=\u{301}1", "'=\u{301}1"), ("-0.5", "-0.5"),
    ("+1e-3", "+1e-3"), ("-inf", "-inf"), ("a=1", "a=1"), ("", ""),
  ])
  func formulasBecomeTextAndNumbersStay(field: String, plain: String) {
    #expect(CSV.withoutFormula(field) == plain)
  }
}
