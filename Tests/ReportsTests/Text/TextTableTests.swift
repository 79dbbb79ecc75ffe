import Reports
import Testing

@Suite struct TextTableTests {
  private let table = TextTable(
    [
      .init("layer"), .init("output"), .init("parameters", .right, rank: 1), .init("FLOPs", .right),
    ],
    rows: [["conv2d", "26×26×32", "320", "389,376"], ["猫🙂", "a\nb", "0", "-"]])

  @Test func textStandsLeftAndNumbersRight() {
    #expect(
      table.text() == """
        layer   output    parameters    FLOPs
        conv2d  26×26×32         320  389,376
        猫🙂    a b                0        -

        """)
  }

  @Test func columnsAreLeftOutByRank() {
    #expect(
      table.text(width: 36) == """
        layer   output      FLOPs
        conv2d  26×26×32  389,376
        猫🙂    a b             -
        no room for: parameters

        """)
  }

  @Test func aColumnThatIsTooWideKeepsNoOtherOut() {
    let table = TextTable(
      [.init("run", rank: 2), .init("path", rank: 1), .init("score", .right)],
      rows: [["a", "runs/a/2026-11-22", "0.5"]])
    #expect(
      table.text(width: 20) == """
        run  score
        a      0.5
        no room for: path

        """)
    #expect(
      table.text(width: 24) == """
        path               score
        runs/a/2026-11-22    0.5
        no room for: run

        """)
  }

  @Test func theFirstColumnIsCutLast() {
    let table = TextTable(
      [.init("experiment"), .init("runs", .right)], rows: [["a-very-long-experiment-name", "5"]])
    #expect(
      table.text(width: 20) == """
        experiment      runs
        a-very-long-e…     5

        """)
  }

  @Test func eightColumnsOfTextAlwaysStay() {
    let table = TextTable([.init("experiment"), .init("runs")], rows: [["mnist-baseline", "5"]])
    #expect(
      table.text(width: 3) == """
        experim…  runs
        mnist-b…  5

        """)
  }

  @Test func laTeXHasTheRulesOfBooktabs() {
    let table = TextTable(
      [.init("name"), .init("f1_macro", .right)],
      rows: [["a & b", "0.99 ± 0.01"], [#"50% \ {c}^~"#, "–"]])
    #expect(
      table.latex == #"""
        \begin{tabular}{lr}
          \toprule
          name & f1\_macro \\
          \midrule
          a \& b & 0.99 $\pm$ 0.01 \\
          50\% \textbackslash{} \{c\}\textasciicircum{}\textasciitilde{} & -- \\
          \bottomrule
        \end{tabular}

        """#)
  }

  @Test func markdownEscapesPipes() {
    let table = TextTable([.init("a"), .init("n", .right)], rows: [["x|y\nz", "1"]])
    #expect(
      table.markdown == #"""
        | a | n |
        | --- | ---: |
        | x\|y z | 1 |

        """#)
  }
}
