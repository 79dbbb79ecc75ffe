import Diagnostics
import Specs

/// The tree that `yaml` is.
func tree(_ yaml: String, in file: String = "a.yaml") throws -> Node {
  try YAML.parse(SourceFile(path: file, text: yaml))
}

/// `node` in compact JSON: what it holds, without places.
func json(_ node: Node?) -> String { node?.tree.json ?? "nothing" }

/// What `change` makes of the tree of `yaml`, and what it complains of as a user sees it.
func changed(
  _ yaml: String, by change: (Node, inout Diagnostics) -> Node?
) throws -> (json: String, findings: String) {
  var diagnostics = Diagnostics()
  let node = change(try tree(yaml), &diagnostics)
  return (json(node), diagnostics.rendered())
}
