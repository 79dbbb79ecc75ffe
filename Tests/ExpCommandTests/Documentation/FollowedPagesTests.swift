import Foundation
import Testing

/// The pages that a reader follows step by step, in a folder of their own.
///
/// They train networks of a useful size, for which a program without optimization takes an hour. Their Python runs where
/// the variable INTEROP_PYTHON names one that has the packages of `Tests/Interop/onnx.txt`.
@Suite(.enabled(if: isOptimized, "takes an hour without optimization"))
struct FollowedPagesTests {
  @Test(arguments: [
    "tutorial-question", "tutorial-pictures", "concepts", "recipes", "troubleshooting",
  ])
  func `who follows a page to its end sees what it shows`(page: String) throws {
    let place = try Workplace()
    for block in try MarkdownFile("docs/manual/\(page).md").blocks {
      if let file = block.file, ["yaml", "sh"].contains(block.language) {
        try place.write(block.text, to: file)
      } else if block.language == "python" {
        guard let python = ProcessInfo.processInfo.environment["INTEROP_PYTHON"] else { continue }
        let ending = try Command(["-c", block.text], of: python, in: place.path).ending()
        #expect(ending.code == 0 && !ending.output.isEmpty, "\(block.place): \(ending.error)")
      } else if ["console", "sh"].contains(block.language) {
        for step in block.steps {
          let ending = try place.terminal(step.command)
          if let shown = step.shown {
            #expect(
              shown.isShownOf(ending.output),
              "\(block.place): \(step.command)\n\(ending.output)")
          } else {
            #expect(ending.code == 0, "\(block.place): \(step.command)\n\(ending.output)")
          }
        }
      }
    }
  }
}

/// True if `exp` is built with optimization.
private var isOptimized: Bool {
  #if DEBUG
    return false
  #else
    return true
  #endif
}

extension MarkdownFile.Block {
  /// Its commands, each with what is shown of its output; nil if nothing is.
  fileprivate var steps: [(command: String, shown: ShownOutput?)] {
    guard language == "console" else {
      let commands = lines.joined(separator: "\n").replacing("\\\n", with: " ")
      return commands.split(separator: "\n").map { (String($0), nil) }
    }
    return lines.reduce(into: [(command: String, lines: [String])]()) { steps, line in
      if line.hasPrefix("$ ") {
        steps.append((String(line.dropFirst(2)), []))
      } else if !steps.isEmpty {
        steps[steps.endIndex - 1].lines.append(line)
      }
    }.map { ($0.command, $0.lines.isEmpty ? nil : ShownOutput($0.lines)) }
  }
}

extension Workplace {
  /// Runs `line` in a shell as on a terminal of 110 columns that cannot redraw a line. Its output includes errors.
  fileprivate func terminal(_ line: String) throws -> Ending {
    let folder = try Command.program().deletingLastPathComponent().path
    let ending = try Command(
      ["--quiet", "--return", "--command", "stty cols 110 rows 50; \(line)", "/dev/null"],
      of: "/usr/bin/script", in: path,
      environment: ["PATH": "\(folder):/usr/bin:/bin", "TERM": "dumb", "SHELL": "/bin/sh"]
    ).ending(within: .seconds(900))
    return Ending(
      code: ending.code, output: ending.output.replacing("\r\n", with: "\n"),
      error: ending.error)
  }
}
