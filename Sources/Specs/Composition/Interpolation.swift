import Diagnostics
import TextLayout

/// Replaces `${…}` by values: variables, other values of the spec, and results of arithmetic.
package struct Interpolation {
  /// Names that are defined in a part of a spec only, such as the parameters of a block.
  package struct Scope: Sendable {
    fileprivate let values: [String: Known]
    /// The notes added to diagnostics in that part, on how it came to be used.
    let trail: [Diagnostic.Note]

    package init(values: [String: Node], trail: [Diagnostic.Note]) {
      self.values = values.mapValues(Known.init)
      self.trail = trail
    }

    /// The scope without names besides those of the whole spec.
    package static let whole = Scope(values: [:], trail: [])
  }

  /// The value of a name, with its size.
  fileprivate struct Known {
    let node: Node
    let size: Int
    let height: Int

    init(_ node: Node) {
      self.node = node
      (size, height) = node.extent
    }
  }

  private let root: Node
  private let limits: YAMLLimits
  /// The values of the whole spec's names that were asked for so far.
  private var known: [String: Known] = [:]
  /// The names being resolved, each inside of the one before it.
  private var open: [(name: String, location: Location)] = []
  /// The number of nodes that references have been replaced by.
  private var count = 0
  /// True if there are too many, or one is too large. This is reported only once.
  private var isExhausted = false
  /// The longest text that a replacement may produce, in bytes of UTF-8.
  private static let longestText = 10_000

  /// An interpolation with the values of `root`: `variables` by their names, other values by their paths.
  package init(_ root: Node, limits: YAMLLimits = .standard) {
    self.root = root
    self.limits = limits
  }

  /// Replaces the references in `node` by values; returns `node` itself if it has none. References without a value are
  /// reported, and become `unusable`.
  package mutating func resolve(
    _ node: Node, in scope: Scope = .whole, _ diagnostics: inout Diagnostics
  ) -> Node {
    switch node.kind {
    case .scalar(let text, _) where Template.isNeeded(for: text):
      return value(of: text, at: node, in: scope, &diagnostics)
    case .scalar, .unusable:
      return scope.trail.isEmpty
        ? node : Node(node.kind, at: node.location.with(trail: scope.trail))
    case .list(let items):
      let resolved = items.map { resolve($0, in: scope, &diagnostics) }
      if scope.trail.isEmpty, zip(items, resolved).allSatisfy({ $0 === $1 }) { return node }
      return Node(.list(resolved), at: node.location.with(trail: scope.trail))
    case .map(let entries):
      let resolved = entries.map { entry in
        Node.Entry(
          key: scope.trail.isEmpty
            ? entry.key : Node(entry.key.kind, at: entry.key.location.with(trail: scope.trail)),
          value: resolve(entry.value, in: scope, &diagnostics))
      }
      if scope.trail.isEmpty, zip(entries, resolved).allSatisfy({ $0.value === $1.value }) {
        return node
      }
      return Node(.map(resolved), at: node.location.with(trail: scope.trail))
    }
  }

  // MARK: one text

  private mutating func value(
    of text: String, at node: Node, in scope: Scope, _ diagnostics: inout Diagnostics
  ) -> Node {
    let location = node.location.with(trail: scope.trail)
    let template: Template
    do {
      template = try Template(text)
    } catch {
      report(error, at: node.place(of: error.offset, scope), &diagnostics)
      return Node(.unusable, at: location)
    }
    if template.parts.count == 1, case .expression(let source, let start) = template.parts[0] {
      return value(of: source, startingAt: start, for: node, in: scope, &diagnostics)
    }
    var result = ""
    for part in template.parts {
      switch part {
      case .text(let literal): result += literal
      case .expression(let source, let start):
        let value = value(of: source, startingAt: start, for: node, in: scope, &diagnostics)
        switch value.kind {
        case .scalar(let text, _): result += text
        case .unusable: return Node(.unusable, at: location)
        case .list, .map:
          diagnostics.error(
            .badExpression, "\(value.summary) cannot be a part of a text",
            at: node.place(of: start, scope))
          return Node(.unusable, at: location)
        }
      }
    }
    guard result.utf8.count <= Self.longestText else { return tooLarge(location, &diagnostics) }
    // A composed text is a number only if the scalar has no quotes.
    return Node(.scalar(result, isPlain: node.isPlain), at: location)
  }

  /// The value of the expression `source`, which starts at an offset in the text of `node`.
  private mutating func value(
    of source: Substring, startingAt start: Int, for node: Node, in scope: Scope,
    _ diagnostics: inout Diagnostics
  ) -> Node {
    let location = node.location.with(trail: scope.trail)
    if let colon = source.firstIndex(of: ":") {
      reportResolver(String(source[..<colon]), at: node.place(of: start, scope), &diagnostics)
      return Node(.unusable, at: location)
    }
    do {
      let expression = try ExpressionParser.parse(source)
      if case .name(let name, let offset) = expression {
        let place = node.place(of: start + offset, scope)
        guard let found = value(of: name, at: place, in: scope, &diagnostics) else {
          return Node(.unusable, at: location)
        }
        if case .unusable = found.kind { return found }
        let origin = Diagnostic.Note("\(name.quoted) is set here", at: found.location)
        return Node(found.kind, at: location.with(trail: [origin]))
      }
      let number = try number(of: expression, startingAt: start, for: node, in: scope, &diagnostics)
      return Node(number.map { .scalar($0.text, isPlain: true) } ?? .unusable, at: location)
    } catch {
      report(error, at: node.place(of: start + error.offset, scope), &diagnostics)
      return Node(.unusable, at: location)
    }
  }

  /// The value of an arithmetic expression; nil if a value in it is unusable.
  private mutating func number(
    of expression: Expression, startingAt start: Int, for node: Node, in scope: Scope,
    _ diagnostics: inout Diagnostics
  ) throws(ExpressionError) -> Number? {
    switch expression {
    case .number(let number): return number
    case .negative(let inner):
      return try number(of: inner, startingAt: start, for: node, in: scope, &diagnostics)?.negative
    case .operation(let operation, let left, let right):
      let left = try number(of: left, startingAt: start, for: node, in: scope, &diagnostics)
      let right = try number(of: right, startingAt: start, for: node, in: scope, &diagnostics)
      guard let left, let right else { return nil }
      guard let result = left.applying(operation, to: right) else {
        let text = "\(left.text) \(operation.rawValue) \(right.text)"
        throw ExpressionError(message: "\(text) is no finite number", offset: 0)
      }
      return result
    case .name(let name, let offset):
      let place = node.place(of: start + offset, scope)
      guard let found = value(of: name, at: place, in: scope, &diagnostics) else { return nil }
      if case .unusable = found.kind { return nil }
      guard let number = found.text.flatMap({ Number($0) }) else {
        diagnostics.error(
          .badExpression, "\(name.quoted) is \(found.summary), with which nothing can be computed",
          at: place, notes: [.init("it is set here", at: found.location)])
        return nil
      }
      return number
    }
  }

  // MARK: names

  /// The value of `name`; nil if it has none, which is then reported.
  private mutating func value(
    of name: String, at place: Location, in scope: Scope, _ diagnostics: inout Diagnostics
  ) -> Node? {
    if let known = scope.values[name] ?? known[name] {
      return counted(known, at: place, &diagnostics)
    }
    guard let written = written(name) else {
      reportUnknown(name, at: place, scope, &diagnostics)
      return nil
    }
    if let start = open.firstIndex(where: { $0.name == name }) {
      let circle = open[start...]
      diagnostics.error(
        .cycle,
        (circle.map(\.name) + [name]).map(\.quoted).joined(separator: " → ") + " is a circle",
        at: written.location,
        notes: circle.dropFirst().map { .init("\($0.name.quoted) is set here", at: $0.location) })
      return nil
    }
    guard open.count < limits.depth else { return tooLarge(place, &diagnostics) }
    open.append((name, written.location))
    let node = resolve(written, &diagnostics)
    open.removeLast()
    let result = Known(node)
    known[name] = result
    return counted(result, at: place, &diagnostics)
  }

  /// The node of `name` as written in the spec.
  private func written(_ name: String) -> Node? {
    (root["variables"]?.value(at: name) ?? root.value(at: name))?.node
  }

  private mutating func counted(
    _ known: Known, at place: Location, _ diagnostics: inout Diagnostics
  ) -> Node {
    count += known.size
    guard count <= limits.nodes, known.height < limits.depth / 2 else {
      return tooLarge(place, &diagnostics)
    }
    return known.node
  }

  // MARK: mistakes

  private mutating func tooLarge(_ location: Location, _ diagnostics: inout Diagnostics) -> Node {
    defer { isExhausted = true }
    guard !isExhausted else { return Node(.unusable, at: location) }
    diagnostics.error(
      .expansionTooLarge, "what '${…}' stands for here is too large", at: location,
      hint:
        "at most \(limits.nodes) values, \(limits.depth / 2) levels and \(Self.longestText) letters in a text"
    )
    return Node(.unusable, at: location)
  }

  private func report(
    _ error: ExpressionError, at location: Location, _ diagnostics: inout Diagnostics
  ) {
    diagnostics.error(
      .badExpression, error.message, at: location,
      hint: "'${…}' takes a name, numbers, + - * / and parentheses; '$${' is the text '${'")
  }

  /// Reports `${oc.env:NAME}` and the like of OmegaConf.
  private func reportResolver(
    _ name: String, at location: Location, _ diagnostics: inout Diagnostics
  ) {
    diagnostics.error(
      .badExpression, "'${…}' has no \("\(name):".quoted)", at: location,
      hint: name.hasSuffix("env")
        ? Self.environmentHint : "it takes a name, numbers, + - * / and parentheses")
  }

  private static let environmentHint =
    "variables of the environment are not read; '--set variables.NAME=…' gives one of 'variables' a value"

  private func reportUnknown(
    _ name: String, at place: Location, _ scope: Scope, _ diagnostics: inout Diagnostics
  ) {
    let variables = root["variables"]?.entries.compactMap(\.key.text) ?? []
    let names = scope.values.keys.sorted() + variables
    let near =
      Suggestions.nearest(to: name, among: names).map { "did you mean \($0.quoted)? " } ?? ""
    diagnostics.error(
      .unknownVariable, "there is no variable \(name.quoted), and no value at that path", at: place,
      hint: near.isEmpty && name.wholeMatch(of: /[A-Z_][A-Z0-9_]*/) != nil
        ? Self.environmentHint
        : near
          + (names.isEmpty
            ? "add it under 'variables', or give the path of a value that is written in the spec"
            : "there are \(names.joined(separator: ", "))"))
  }
}

extension Node {
  fileprivate var isPlain: Bool { if case .scalar(_, isPlain: true) = kind { true } else { false } }

  /// The location of a character of this scalar's text; the start of the scalar if its text is written differently.
  fileprivate func place(of offset: Int, _ scope: Interpolation.Scope) -> Location {
    let start = location.with(trail: scope.trail)
    let line = location.file.line(location.line)?.unicodeScalars.dropFirst(location.column - 1)
    guard let text, let first = line?.first else { return start }
    let quote = ["\"", "'"].contains(first) ? 1 : 0
    let written = line.map { String($0.dropFirst(quote).prefix(offset)) } ?? ""
    return text.hasPrefix(written) ? start.advanced(by: offset + quote) : start
  }
}
