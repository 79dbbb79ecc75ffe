extension PlainValue: JSONReadable {
  /// Reads any value. Numbers with a fraction or an exponent become `number`, others `integer`.
  package init(json node: JSONNode) throws {
    // Marks all of it as read.
    _ = node.document.text(at: node.index)
    self = try node.plainValue
  }
}

extension JSONNode {
  fileprivate var plainValue: PlainValue {
    get throws(JSONError) {
      switch document.tokens[index].kind {
      case .null: .null
      case .boolean: .bool(try boolean)
      case .number:
        document.integer(at: index) == nil ? .number(try real) : .integer(try integer)
      case .string, .escapedString: .string(text)
      case .array: .list(try plainItems)
      case .object: .map(try plainEntries)
      }
    }
  }

  private var plainItems: [PlainValue] {
    get throws(JSONError) {
      var values: [PlainValue] = []
      for item in try items { values.append(try item.plainValue) }
      return values
    }
  }

  private var plainEntries: [PlainValue.Entry] {
    get throws(JSONError) {
      var values: [PlainValue.Entry] = []
      for (key, member) in try members { values.append((key, try member.plainValue)) }
      return values
    }
  }
}
