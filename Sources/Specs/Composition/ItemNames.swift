/// What the items of a list of layers, callbacks or steps are called where they are told by name.
package enum ItemNames {
  /// A name for each of `items`: its own, or its type with a number where it is not the first, as Keras numbers layers:
  /// `conv2d`, `conv2d_1`. None of them is in `reserved`.
  package static func names(
    of items: [(name: String?, type: String)], reserved: Set<String> = []
  ) -> [String] {
    let taken = reserved.union(items.compactMap(\.name))
    var counts: [String: Int] = [:]
    return items.map { name, type in
      if let name { return name }
      while true {
        let count = counts[type, default: 0]
        counts[type] = count + 1
        let name = count == 0 ? type : "\(type)_\(count)"
        if !taken.contains(name) { return name }
      }
    }
  }
}

extension Node {
  /// The names of a list's items.
  var itemNames: [String] {
    ItemNames.names(of: items.map { ($0["name"]?.text, $0.typeName ?? "") })
  }

  /// What stands behind `type:`, or stands here alone for it.
  package var typeName: String? { self["type"]?.text ?? (isShortForm ? text : nil) }
}
