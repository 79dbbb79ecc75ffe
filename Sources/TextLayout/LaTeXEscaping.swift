extension String {
  /// This text as LaTeX sets it in a cell of a table. Signs that its usual fonts lack are set in mathematics.
  package var escapedForLaTeX: String {
    unicodeScalars.map { scalar in
      switch scalar {
      case "&", "%", "$", "#", "_", "{", "}": "\\\(scalar)"
      case "\\": "\\textbackslash{}"
      case "~": "\\textasciitilde{}"
      case "^": "\\textasciicircum{}"
      case "<", ">", "|": "$\(scalar)$"
      case "±": "$\\pm$"
      case "×": "$\\times$"
      case "−": "$-$"
      case "≥": "$\\geq$"
      case "≤": "$\\leq$"
      case "→": "$\\to$"
      case "Δ": "$\\Delta$"
      case "–": "--"
      default: String(scalar)
      }
    }.joined()
  }
}
