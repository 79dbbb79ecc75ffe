/// The style of charts, the same on a page and in a picture of their own.
///
/// Colours follow Okabe and Ito's palette for the colour-blind, darkened on white, so that each is seen
/// against the paper with a contrast of at least 4.5 : 1. No line is told by its colour alone.
enum ChartStyle {
  /// Lines that differ in colour; more differ in their dashes.
  static let colourCount = 6

  /// The colours on white.
  static let light = """
    --c0: #0067a5; --c1: #b84a00; --c2: #00735a; --c3: #a0407a; --c4: #7d6200; --c5: #4d4d4d;
    --paper: #ffffff; --ink: #1b1f24; --soft: #5b636d; --rule: #d8dce1; --grid: #e7eaee;
    """

  /// The colours on black.
  static let dark = """
    --c0: #5cb8f0; --c1: #ff9455; --c2: #35c99f; --c3: #eb9fcb; --c4: #e8d05a; --c5: #c4c8cc;
    --paper: #14171b; --ink: #e9ecef; --soft: #a5adb7; --rule: #3a4149; --grid: #282d34;
    """

  /// Rules for what `CurveChart` and `CalibrationChart` draw.
  static let rules = """
    .c0 { --c: var(--c0) } .c1 { --c: var(--c1) } .c2 { --c: var(--c2) }
    .c3 { --c: var(--c3) } .c4 { --c: var(--c4) } .c5 { --c: var(--c5) }
    .d1 { stroke-dasharray: 7 3 } .d2 { stroke-dasharray: 2 2.5 }
    .d3 { stroke-dasharray: 8 3 2 3 } .d4 { stroke-dasharray: 12 3 }
    .d5 { stroke-dasharray: 5 2 2 2 2 2 }
    .chart text { font-family: system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;
      font-size: 11.5px; font-variant-numeric: tabular-nums; fill: var(--soft) }
    .chart .label { fill: var(--c); font-weight: 650 }
    .chart .heading { fill: var(--ink); font-size: 15px; font-weight: 650 }
    .grid { stroke: var(--grid); stroke-width: 1 }
    .axis { stroke: var(--soft); stroke-width: 1 }
    .line { fill: none; stroke: var(--c); stroke-width: 2; stroke-linejoin: round;
      stroke-linecap: round }
    .band { fill: var(--c); opacity: .14; stroke: none }
    .best { fill: var(--c); stroke: var(--paper); stroke-width: 1.5 }
    .leader { stroke: var(--c); stroke-width: 1; opacity: .45 }
    """
}

extension ChartStyle {
  /// The beginning of a picture that is a file of its own: its colours on light and on dark pages, `rules` in addition
  /// to those of charts, and the background.
  static func sheet(width: Int, height: Int, rules more: String = "") -> HTML {
    """

    <style>
    :root { \(HTML(verbatim: light)) }
    @media (prefers-color-scheme: dark) { :root { \(HTML(verbatim: dark)) } }
    \(HTML(verbatim: rules))\(HTML(verbatim: more))
    .sheet { fill: var(--paper) }
    </style>
    <rect class="sheet" width="\(width)" height="\(height)" rx="10"/>
    """
  }
}

extension CurveChart {
  /// The class that gives line number `style` its colour.
  static func colour(_ style: Int) -> String { "c\(style % ChartStyle.colourCount)" }

  /// The class that gives it its dashes: no two lines of 36 have both in common.
  static func dashes(_ style: Int) -> String {
    "d\((style + style / ChartStyle.colourCount) % ChartStyle.colourCount)"
  }
}
