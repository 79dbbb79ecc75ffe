/// Python identifiers for the names of layers, each of which has one of its own.
struct PythonNames {
  private var taken: Set<String> = []
  private var identifiers: [String: String] = [:]

  /// Identifiers for `layers`; those that are identifiers already keep their names.
  init(_ layers: [String]) {
    for layer in layers where identifiers[layer] == nil && Self.identifier(layer) == layer {
      identifiers[layer] = unique(layer)
    }
    for layer in layers where identifiers[layer] == nil {
      identifiers[layer] = unique(layer)
    }
  }

  /// The identifier of `layer`.
  subscript(layer: String) -> String {
    guard let identifier = identifiers[layer] else {
      preconditionFailure("the layer is none of the graph")
    }
    return identifier
  }

  /// An identifier like `name` that nothing else has.
  mutating func unique(_ name: String) -> String {
    let base = Self.identifier(name)
    var (result, number) = (base, 2)
    while !taken.insert(result).inserted {
      result = "\(base)_\(number)"
      number += 1
    }
    return result
  }

  /// `name` with what an identifier cannot have replaced, and `_` after a name that means something else.
  static func identifier(_ name: String) -> String {
    var result = String(
      String.UnicodeScalarView(
        name.unicodeScalars.map { scalar in
          let isKept = scalar.isASCII && (scalar.properties.isAlphabetic || "0"..."9" ~= scalar)
          return isKept ? scalar : "_"
        }))
    // Python changes names that begin with two underscores in a class, and libraries keep their own behind one.
    if result.first.map({ $0 == "_" || $0.isNumber }) ?? true {
      result = "layer" + (result.hasPrefix("_") ? "" : "_") + result
    }
    return keywords.contains(result) || reserved.contains(result) ? result + "_" : result
  }

  /// Python's own words.
  static let keywords = Set(
    """
    False None True and as assert async await break class continue def del elif else except finally for from global \
    if import in is lambda nonlocal not or pass raise return try while with yield
    """.split(separator: " ").map(String.init))

  /// Other names with a meaning in the files: all that the files bind or call, and attributes of `nn.Module`.
  private static let reserved = Set(
    """
    CLASS_NAMES DIVISOR F GaussianDropout GaussianNoise ImportError Network PReLUByPlace Path SHIFT TEMPERATURE \
    ValueError average_pooling build images input inputs keras layers load load_file main nn np predict print read scale self \
    super sys torch window_share x \
    T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches \
    eval extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict \
    modules mtia named_buffers named_children named_modules named_parameters parameters register_backward_hook \
    register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook \
    register_full_backward_pre_hook register_load_state_dict_post_hook register_load_state_dict_pre_hook \
    register_module register_parameter register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ \
    set_extra_state set_submodule share_memory state_dict to to_empty train training type xpu zero_grad
    """.split(separator: " ").map(String.init))
}
