import Reports
import Testing

@Suite struct HTMLTests {
  @Test func whatIsInterpolatedIsEscaped() {
    let text = "<a href=\"x\" id='y'>&amp;</a>"
    let html: HTML = "<td title=\"\(text)\">\(text)</td>"
    let escaped = "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;"
    #expect(html.text == "<td title=\"\(escaped)\">\(escaped)</td>")
  }

  @Test func markupStaysMarkup() {
    let cell: HTML = "<td>\(1)</td>"
    let none: HTML? = nil
    let row: HTML = "<tr>\(cell)\(none)\([cell, nil, cell])</tr>"
    #expect(row.text == "<tr><td>1</td><td>1</td><td>1</td></tr>")
  }

  @Test func lineBreaksStayAndControlCharactersAreSeen() {
    let html: HTML = "\("a\n\tb\u{0}\u{1B}\u{85}\u{FFFF}猫🙂e\u{301}")"
    #expect(html.text == "a\n\tb\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}猫🙂e\u{301}")
  }
}
