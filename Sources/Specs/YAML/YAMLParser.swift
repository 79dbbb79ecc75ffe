internal import CLibYAML
import Diagnostics

/// The events of a YAML text, one at a time, from libyaml.
final class YAMLParser {
  struct Event {
    enum Kind {
      case documentStart
      case scalar(String, isPlain: Bool)
      case listStart, mapStart, collectionEnd
      case alias(String)
      case streamEnd
    }
    let kind: Kind
    let location: Location
    var anchor: String?
    var tag: String?
  }

  private let part: SourcePart
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let bytes: UnsafeMutableBufferPointer<UInt8>  // libyaml reads as it goes along

  init(_ part: SourcePart) {
    self.part = part
    bytes = .allocate(capacity: part.text.utf8.count)
    _ = bytes.initialize(from: part.text.utf8)
    parser = .allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else { preconditionFailure("out of memory") }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    bytes.deallocate()
  }

  /// The next event that says something.
  func next() throws(Diagnostic) -> Event {
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) == 1 else { throw syntaxError() }
      defer { yaml_event_delete(&event) }
      if let event = translated(event) { return event }
    }
  }

  private func translated(_ event: yaml_event_t) -> Event? {
    let place = location(event.start_mark)
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: return Event(kind: .documentStart, location: place)
    case YAML_STREAM_END_EVENT: return Event(kind: .streamEnd, location: place)
    case YAML_SCALAR_EVENT:
      let data = event.data.scalar
      let text = String(
        decoding: UnsafeBufferPointer(start: data.value, count: data.length), as: UTF8.self)
      let isPlain = data.style == YAML_PLAIN_SCALAR_STYLE
      return Event(
        kind: .scalar(text, isPlain: isPlain), location: place, anchor: string(data.anchor),
        tag: tag(data.tag))
    case YAML_SEQUENCE_START_EVENT:
      let data = event.data.sequence_start
      return Event(
        kind: .listStart, location: place, anchor: string(data.anchor), tag: tag(data.tag))
    case YAML_MAPPING_START_EVENT:
      let data = event.data.mapping_start
      return Event(
        kind: .mapStart, location: place, anchor: string(data.anchor), tag: tag(data.tag))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      return Event(kind: .collectionEnd, location: place)
    case YAML_ALIAS_EVENT:
      return Event(kind: .alias(string(event.data.alias.anchor) ?? ""), location: place)
    default: return nil
    }
  }

  /// A tag as it was written: libyaml makes `tag:yaml.org,2002:str` of `!!str`.
  private func tag(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    let standard = "tag:yaml.org,2002:"
    return string(text).map { $0.hasPrefix(standard) ? "!!" + $0.dropFirst(standard.count) : $0 }
  }

  private func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    text.map { String(cString: $0) }
  }

  private func location(_ mark: yaml_mark_t) -> Location {
    part.location(line: Int(mark.line), column: Int(mark.column))
  }

  private func syntaxError() -> Diagnostic {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "not YAML"
    switch state.error {
    case YAML_MEMORY_ERROR: preconditionFailure("out of memory")
    case YAML_READER_ERROR:
      return Diagnostic(
        identifier: .yamlSyntax, message: "\(problem) in YAML",
        location: part.location(atByte: Int(state.problem_offset)))
    default:
      return SyntaxError(
        problem: problem, location: location(state.problem_mark),
        context: state.context.map { String(cString: $0) } ?? "",
        contextLocation: state.context == nil ? nil : location(state.context_mark)
      ).diagnostic
    }
  }
}
