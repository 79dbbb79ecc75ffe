import ArgumentParser
import Datasets
import Reports
import TextLayout

extension DataCommand {
  /// `exp data cache --list | --clear`
  struct Cache: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List or remove the decoded images that are kept for the next start.",
      discussion: """
        They are kept in the folder 'decoded' of the cache, for as long as the files that they were decoded from stay \
        as they are. Without them everything works, but decodes again.
        """)

    /// What is to be done.
    enum Action: String, EnumerableFlag {
      case list, clear

      static func help(for value: Action) -> ArgumentHelp? {
        switch value {
        case .list: "List what is kept, with its size and last use."
        case .clear: "Remove all of it."
        }
      }
    }

    @Flag(exclusivity: .exclusive) var action: Action
    @OptionGroup var output: OutputOptions

    func run() throws {
      let cache = DecodedCache(in: DataLocations())
      switch action {
      case .list:
        let rows = try cache.entries().map { entry in
          [
            String(entry.key.prefix(12)), entry.type ?? "damaged",
            entry.byteCount.bytesInWords,
            entry.lastUse.localText, entry.source?.withoutControlCharacters ?? "–",
          ]
        }
        Console.output(
          TextTable(
            [.init("key"), .init("type"), .init("size", .right), .init("last use"), .init("of")],
            rows: rows
          ).text(width: Console.outputWidth))
      case .clear:
        Console.output("removed \(try cache.clear().bytesInWords)\n")
      }
    }
  }
}
