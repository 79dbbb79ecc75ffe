internal import CLibYAML
import Documents

extension YAML {
  /// The text of a tree: sections as blocks, short layers and lists on one line, every text that
  /// would read as something else in quotes. A comment comes first, `# ` before each line. `width` is about the widest
  /// that a list or map may be to stand on one line.
  package static func emit(_ value: PlainValue, comment: String? = nil, width: Int = 90) -> String {
    let emitter = Emitter(width: width)
    emitter.write(value)
    let lines = comment?.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) ?? []
    return lines.map { $0.isEmpty ? "#\n" : "# \($0)\n" }.joined() + emitter.finish()
  }
}

private final class Emitter {
  private final class Output { var bytes: [UInt8] = [] }

  private let output = Output()
  private let emitter = UnsafeMutablePointer<yaml_emitter_t>.allocate(capacity: 1)

  private let width: Int

  init(width: Int) {
    self.width = width
    guard yaml_emitter_initialize(emitter) == 1 else { preconditionFailure("out of memory") }
    yaml_emitter_set_unicode(emitter, 1)
    yaml_emitter_set_width(emitter, -1)
    yaml_emitter_set_output(
      emitter,
      { output, bytes, count in
        guard let output else { return 0 }
        Unmanaged<Output>.fromOpaque(output).takeUnretainedValue()
          .bytes.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
        return 1
      }, Unmanaged.passUnretained(output).toOpaque())
    emit { yaml_stream_start_event_initialize(&$0, YAML_UTF8_ENCODING) }
    emit { yaml_document_start_event_initialize(&$0, nil, nil, nil, 1) }
  }

  deinit {
    yaml_emitter_delete(emitter)
    emitter.deallocate()
  }

  func finish() -> String {
    emit { yaml_document_end_event_initialize(&$0, 1) }
    emit { yaml_stream_end_event_initialize(&$0) }
    return String(decoding: output.bytes, as: UTF8.self)
  }

  func write(_ tree: PlainValue, depth: Int = 0) {
    switch tree {
    case .null: scalar("null")
    case .bool(let value): scalar(String(value))
    case .integer(let value): scalar(String(value))
    case .number(let value): scalar(value.shortest)
    case .string(let value): text(value)
    case .list(let items):
      let style = fitsOneLine(tree, depth) ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE
      emit { yaml_sequence_start_event_initialize(&$0, nil, nil, 1, style) }
      for item in items { write(item, depth: depth + 1) }
      emit { yaml_sequence_end_event_initialize(&$0) }
    case .map(let entries):
      let style = fitsOneLine(tree, depth) ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE
      emit { yaml_mapping_start_event_initialize(&$0, nil, nil, 1, style) }
      for (key, value) in entries {
        text(key)
        write(value, depth: depth + 1)
      }
      emit { yaml_mapping_end_event_initialize(&$0) }
    }
  }

  /// Lists of scalars do, and maps of scalars and such lists below the top two levels.
  private func fitsOneLine(_ tree: PlainValue, _ depth: Int) -> Bool {
    switch tree {
    case .list(let items): items.allSatisfy(\.isScalar) && tree.json.count + 2 * depth <= width
    case .map(let entries):
      entries.isEmpty
        || depth > 1 && tree.json.count + 2 * depth <= width
          && entries.allSatisfy { $0.value.isScalar || fitsOneLine($0.value, depth) }
    default: true
    }
  }

  private func text(_ value: String) {
    if value.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      scalar(value, YAML_DOUBLE_QUOTED_SCALAR_STYLE)
    } else {
      scalar(value, value.readsAsText ? YAML_PLAIN_SCALAR_STYLE : YAML_SINGLE_QUOTED_SCALAR_STYLE)
    }
  }

  private func scalar(_ text: String, _ style: yaml_scalar_style_t = YAML_PLAIN_SCALAR_STYLE) {
    var text = text
    text.withUTF8 { bytes in
      emit {
        yaml_scalar_event_initialize(
          &$0, nil, nil, bytes.baseAddress, Int32(bytes.count), 1, 1, style)
      }
    }
  }

  private func emit(_ make: (inout yaml_event_t) -> Int32) {
    var event = yaml_event_t()
    guard make(&event) == 1, yaml_emitter_emit(emitter, &event) == 1 else {
      preconditionFailure("libyaml cannot write: \(String(cString: emitter.pointee.problem))")
    }
  }
}

extension String {
  /// True if no reader of YAML 1.1 or 1.2 takes this, unquoted, for null, a bool, number or date.
  var readsAsText: Bool {
    guard let first = unicodeScalars.first, first.properties.isAlphabetic else { return false }
    return !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(lowercased())
  }
}
