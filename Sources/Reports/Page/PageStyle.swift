/// The style sheet of the page. The page's policy allows this sheet and no other, nor any `style` attribute.
enum PageStyle {
  static let hash = "sha256-UJQZSlDAjBYOb1sOWFMRdR+FxmHheCncc6FnGrNwxYw="

  static let text = [
    colours, PageStyle.base, PageStyle.tables, ChartStyle.rules, PageStyle.parts, PageStyle.paper,
  ].joined(separator: "\n")

  private static let colours = """
    :root { color-scheme: light dark; \(ChartStyle.light)
      --link: #00578a; --raised: #f6f7f9; --good: #1a6b3c; --bad: #a4290c; --focus: #00578a;
      --r1: #eaf3fa; --r2: #d3e6f4; --r3: #b5d6ee; --r4: #8fc3e5; --r5: #6ab0dc;
      --w1: #fdeedd; --w2: #fbdcb8; --w3: #f8c488; --w4: #f2a654; --w5: #e68528;
      --cell: #14181d }
    @media screen and (prefers-color-scheme: dark) { :root { \(ChartStyle.dark)
      --link: #7cc4f5; --raised: #1c2127; --good: #6fd39b; --bad: #ff9d84; --focus: #7cc4f5;
      --r1: #17242f; --r2: #18303f; --r3: #1a3d53; --r4: #1c4a67; --r5: #1f587c;
      --w1: #35261a; --w2: #4b2f17; --w3: #643a14; --w4: #7d4511; --w5: #96500e;
      --cell: #eef1f4 } }
    """

  private static let base = """
    * { box-sizing: border-box }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: smooth;
      scroll-padding-top: 1rem }
    @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto } }
    body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.55;
      font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;
      font-variant-numeric: tabular-nums; overflow-wrap: anywhere }
    header, main, footer { max-width: 76rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem) }
    header { padding-top: clamp(1.5rem, 5vw, 3.5rem) }
    footer { margin-top: 4rem; padding-bottom: 3rem; color: var(--soft); font-size: .875rem }
    footer p { border-top: 1px solid var(--rule); padding-top: 1rem; max-width: 46rem }
    h1, h2, h3, h4 { line-height: 1.2; text-wrap: balance; letter-spacing: -.012em }
    h1 { font-size: clamp(1.75rem, 5vw, 2.5rem); margin: 0 0 .5rem; font-weight: 720 }
    h2 { font-size: 1.5rem; margin: 3.5rem 0 1rem; font-weight: 680 }
    h3 { font-size: 1.125rem; margin: 0; font-weight: 640; display: inline }
    h4 { font-size: 1rem; margin: 2.25rem 0 .35rem; font-weight: 640 }
    p { margin: 0 0 1rem; max-width: 46rem }
    a { color: var(--link); text-underline-offset: .2em; text-decoration-thickness: 1px }
    code, pre { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas,
      "DejaVu Sans Mono", monospace; font-size: .875em }
    small { font-size: .8125rem; color: var(--soft); font-weight: 400 }
    :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 3px }
    .skip { position: absolute; left: -999rem; top: .5rem; background: var(--paper); padding: .5rem 1rem }
    .skip:focus { left: .5rem }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
      white-space: nowrap }
    .overline { margin: 0 0 .5rem; font-size: .75rem; letter-spacing: .14em; text-transform: uppercase;
      color: var(--soft) }
    .description { font-size: 1.125rem; white-space: pre-line }
    .facts { max-width: none }
    .facts, .note { color: var(--soft); font-size: .9375rem }
    .note { margin-bottom: .75rem; max-width: 54rem }
    nav ul { list-style: none; margin: 1.75rem 0 0; padding: .75rem 0 0; display: flex; flex-wrap: wrap;
      gap: .25rem 1.5rem; border-top: 1px solid var(--rule); font-size: .9375rem }
    """

  private static let tables = """
    .scroll { overflow: auto; max-width: 100%; max-height: 60rem; margin-bottom: .75rem }
    table { border-collapse: collapse; font-size: .875rem; line-height: 1.35 }
    table.wide { min-width: 100% }
    caption { text-align: left; color: var(--soft); padding: 0 0 .5rem }
    th, td { padding: .5rem .625rem; text-align: left; vertical-align: top; overflow-wrap: normal;
      white-space: nowrap; border-bottom: 1px solid var(--rule) }
    th:first-child, td:first-child { padding-left: 0 }
    th:last-child, td:last-child { padding-right: 0 }
    thead th { color: var(--soft); font-weight: 500; vertical-align: bottom; white-space: normal;
      position: sticky; top: 0; background: var(--paper); box-shadow: inset 0 -1px var(--rule) }
    tbody th { font-weight: 560 }
    .values td { white-space: normal; min-width: 8.5rem }
    @media (min-width: 48rem) { .values tbody th { min-width: 15rem } }
    .number { text-align: right }
    th button { font: inherit; color: inherit; background: none; border: 0; padding: 0; margin: 0;
      cursor: pointer; text-align: inherit }
    th button:hover { color: var(--ink); text-decoration: underline; text-underline-offset: .25em }
    [aria-sort] button { color: var(--ink); font-weight: 650 }
    [aria-sort=ascending] button::after { content: " ↑" }
    [aria-sort=descending] button::after { content: " ↓" }
    .deviation { display: block; color: var(--soft); font-size: .75rem }
    .star { color: var(--c1) }
    .badge { display: inline-block; min-width: 1.5em; padding: 0 .35em; border-radius: .35em; text-align: center;
      color: var(--c); border: 1.5px solid; font-size: .8125em; font-weight: 700; line-height: 1.5 }
    .matrix { border-collapse: separate; border-spacing: 2px; font-size: .8125rem }
    .matrix th, .matrix td { border: 0; border-radius: 3px; padding: .375rem .25rem; text-align: right }
    .matrix td { min-width: 2.5rem; color: var(--cell) }
    .matrix thead th { box-shadow: none }
    .matrix thead th:first-child { font-size: .6875rem; line-height: 1.2; white-space: pre }
    .matrix .zero { color: var(--soft) }
    .right1 { background: var(--r1) } .right2 { background: var(--r2) } .right3 { background: var(--r3) }
    .right4 { background: var(--r4) } .right5 { background: var(--r5) }
    .wrong1 { background: var(--w1) } .wrong2 { background: var(--w2) } .wrong3 { background: var(--w3) }
    .wrong4 { background: var(--w4) } .wrong5 { background: var(--w5) }
    .matrix [class^=wrong] { font-weight: 700 }
    """

  private static let parts = """
    .figures { display: flex; flex-wrap: wrap; gap: 1.25rem 2.75rem; margin: 1.75rem 0 0 }
    .figures dt { color: var(--soft); font-size: .8125rem }
    .figures dd { margin: 0; font-size: 1.5rem; line-height: 1.3; letter-spacing: -.01em }
    .figures b { font-weight: 650 }
    .charts { display: grid; gap: 1.75rem 2rem; margin-bottom: 1.25rem;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)) }
    figure { margin: 0 }
    .charts figcaption { font-weight: 600; padding-left: .25rem }
    .chart { display: block; width: 100%; height: auto; max-width: 28rem; overflow: visible }
    .sample { display: inline-block; width: 2.125rem; vertical-align: middle }
    .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .375rem 1.5rem; margin: 0 0 1.5rem;
      padding: 0; font-size: .9375rem }
    .ideal { stroke: var(--soft); stroke-width: 1.25; stroke-dasharray: 4 4 }
    rect.bar { fill: var(--c0); opacity: .3 } .count { fill: var(--soft) }
    svg.bar { display: block; width: 100%; min-width: 5.5rem; height: 5px; margin-top: .3rem }
    .track { fill: var(--grid) } .fill { fill: var(--c0) }
    .beside { display: grid; gap: 1.5rem 2.5rem; align-items: start;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 32rem), 1fr)) }
    .beside > * { min-width: 0 }
    details { border-top: 1px solid var(--rule) }
    details:last-of-type { border-bottom: 1px solid var(--rule) }
    details.spec { border: 0 }
    summary { cursor: pointer; padding: .875rem .25rem }
    summary:hover { background: var(--raised) }
    summary h4 { display: inline; margin: 0 }
    .detail { padding: .25rem 0 2rem }
    .detail > h4:first-child { margin-top: .5rem }
    .spec { margin-top: 2.25rem }
    pre { margin: 0 0 1rem; padding: 1rem; background: var(--raised); border-radius: .5rem;
      width: max-content; min-width: 100%; line-height: 1.5 }
    .targets { list-style: none; padding: 0; margin: .5rem 0 0 }
    .targets span { font-weight: 650 } .met { color: var(--good) } .missed { color: var(--bad) }
    .mistakes { list-style: none; padding: 0; margin: .75rem 0 0; display: grid; gap: 1.25rem .875rem;
      grid-template-columns: repeat(auto-fill, minmax(5.25rem, 1fr)) }
    .mistakes img { display: block; width: 100%; image-rendering: pixelated; border-radius: .375rem;
      border: 1px solid var(--rule) }
    .mistakes figcaption { margin-top: .375rem; line-height: 1.35 }
    .mistakes b { color: var(--bad) }
    .mistakes small { display: block; font-size: .75rem }
    .thumbnails { display: flex; gap: .375rem; align-items: center }
    .thumbnails img { display: block; width: 3rem; image-rendering: pixelated; border-radius: .25rem;
      border: 1px solid var(--rule) }
    .environment { display: grid; gap: .5rem; margin: 0; font-size: .875rem }
    .environment div { display: grid; grid-template-columns: minmax(8rem, 16rem) 1fr; gap: 0 1.5rem }
    .environment dt { color: var(--soft) } .environment dd { margin: 0 }
    @media (max-width: 36rem) {
      .environment div { grid-template-columns: 1fr }
      tbody th { white-space: normal; min-width: 6rem }
      .matrix tbody th { min-width: 0 } .matrix td { min-width: 1.75rem }
    }
    .omissions { padding-left: 1.1rem; font-size: .9375rem } .omissions li { margin-bottom: .5rem }
    """

  private static let paper = """
    @media print {
      @page { margin: 16mm 14mm }
      body { font-size: 10pt }
      header, main, footer { max-width: none; padding: 0 }
      .skip, nav { display: none }
      .scroll { overflow: visible; max-height: none }
      thead th { position: static }
      table { font-size: 7.5pt } th, td { padding: .25rem .4rem; white-space: normal }
      details::details-content { content-visibility: visible; display: block }
      summary { list-style: none; padding: .5rem 0 }
      h2, h3, h4, summary, .note { break-after: avoid }
      figure, tr, .mistakes li { break-inside: avoid }
      #details > details { break-before: page }
      #details > details:first-of-type { break-before: auto }
      .charts { grid-template-columns: repeat(2, 1fr) }
      .mistakes { grid-template-columns: repeat(8, 1fr) }
      pre { white-space: pre-wrap; width: auto; font-size: 6.5pt; columns: 3 }
      .beside { grid-template-columns: 1fr 1fr; gap: 1rem }
      .matrix th, .matrix td { min-width: 0; padding: .2rem; font-size: 6.5pt }
      svg.bar { min-width: 0 }
      * { print-color-adjust: exact; -webkit-print-color-adjust: exact }
    }
    """
}
