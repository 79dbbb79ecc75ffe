import ChildPrograms
import Foundation
import Testing

/// What bash offers, from the script that `make install` installs.
@Suite struct CompletionsTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    for run in ["2026-11-22_21-06-06_seed-0", "2026-11-22_21-06-06_seed-1"] {
      try place.write("", to: "runs/mnist-a/\(run)/log.txt")
    }
    try place.write("", to: "mnist-a.yaml")
    try place.write("", to: "notes.txt")
    try place.write("", to: "specs/other.yml")
  }

  /// What is offered for the last of `words`, as bash passes them on: with their quotes.
  private func offered(_ words: String...) throws -> [String] {
    let script = """
      source <("$0" --generate-completion-script bash)
      COMP_WORDS=("$0" "$@")
      COMP_CWORD=$#
      COMP_LINE="${COMP_WORDS[*]}"
      COMP_POINT=${#COMP_LINE}
      _exp exp "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    var shell = ChildProgram(
      [
        "env", "-i", "PATH=/usr/bin:/bin", "HOME=\(place.path)", "bash", "--norc", "-c", script,
        try Command.program().path,
      ] + words)
    shell.directory = place.path
    shell.isQuiet = true
    let (ending, output) = try shell.run()
    #expect(ending == .exited(status: 0))
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
      .sorted()
  }

  private static let names = [
    "mnist-a", "mnist-a/2026-11-22_21-06-06_seed-0", "mnist-a/2026-11-22_21-06-06_seed-1",
  ]

  @Test(arguments: ["show", "diff", "evaluate", "compare", "report", "list"])
  func runsAreOfferedByName(command: String) throws {
    #expect(try offered(command, "") == ["latest"] + Self.names)
    #expect(try offered(command, "mnist-a/") == Array(Self.names.dropFirst()))
    #expect(try offered(command, "la") == ["latest"])
  }

  @Test func runsAreOfferedByPathToo() throws {
    #expect(try offered("show", "runs/") == Self.names.map { "runs/" + $0 })
  }

  @Test func theFolderOfRunsIsThatOfTheCommandLine() throws {
    #expect(try offered("show", "--output-dir", "nowhere", "") == ["latest"])
    try place.write("", to: "other runs/b/2026-11-22_21-06-06_seed-0/log.txt")
    let names = ["b", "b/2026-11-22_21-06-06_seed-0"]
    for folder in [#"other\ runs"#, "'other runs'", #""other runs/""#, "~/other' 'runs"] {
      #expect(try offered("show", "--output-dir", folder, "") == names + ["latest"], "\(folder)")
      #expect(try offered("show", "--output-dir=\(folder)", "") == names + ["latest"], "\(folder)")
    }
  }

  /// Folders may come from anywhere.
  @Test func aNameIsNeverACommand() throws {
    let name = "$(touch harm) `touch harm` it's \"x\" \\ *"
    try place.write("", to: "runs/\(name)/2026-11-22_21-06-06_seed-0/log.txt")
    #expect(try offered("show", "$") == [name, name + "/2026-11-22_21-06-06_seed-0"])
    #expect(!place.exists("harm"))
  }

  @Test(arguments: ["run", "check"])
  func filesAreSpecsAndFolders(command: String) throws {
    #expect(try offered(command, "") == ["mnist-a.yaml", "runs", "specs"])
    #expect(try offered(command, "specs/") == ["specs/other.yml"])
  }

  @Test func commandsAndOptionsAreOffered() throws {
    #expect(try offered("che") == ["check"])
    #expect(try offered("check", "--gr") == ["--graph"])
    #expect(try offered("run", "--output-dir", "sp") == ["specs"])
  }

  @Test(arguments: ["zsh", "fish"])
  func otherShellsHaveScriptsToo(shell: String) throws {
    let ending = try place.exp("--generate-completion-script \(shell)")
    #expect(ending.code == 0)
    #expect(ending.output.contains(shell == "zsh" ? "#compdef exp" : "complete -c 'exp'"))
  }
}
