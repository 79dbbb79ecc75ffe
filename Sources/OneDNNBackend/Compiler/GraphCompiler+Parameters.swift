internal import COneDNN
import Tensors

extension GraphCompiler {
  /// Number of the parameter `parameter` of node `number`, known from now on with its canonical layout.
  func addParameter(_ parameter: Parameter, of number: Int, canonical: Layout) -> Int {
    let node = graph.nodes[number]
    parameters.append(
      CompiledParameter(
        name: node.fullName(of: parameter), layer: node.layer, parameter: parameter,
        canonical: canonical, copies: [], gradient: nil,
        batchRows: nil))
    return parameters.count - 1
  }

  /// The parameters of node `number` as plain lists of numbers, each with the place where it is read.
  func addPlainParameters(of number: Int) throws -> [(index: Int, place: Place)] {
    try graph.nodes[number].parameters.map { parameter in
      let layout = try Layout([parameter.count], EXP_ORDER_VECTOR)
      let index = addParameter(parameter, of: number, canonical: layout)
      if parameter.isLearned { setParameterGradient(of: index, layout) }
      return (index, place(of: index, in: layout))
    }
  }

  /// Records that the gradient of parameter `index` is computed over the whole batch, row by row as it is saved.
  func setParameterGradient(of index: Int, overBatch size: BatchRows.Size) {
    parameters[index].batchRows = size
    setParameterGradient(of: index, parameters[index].canonical)
  }

  /// Records that kernels give the gradient of parameter `index` in `layout`. It is learned in that layout too, unless
  /// the update rule or its constraint wants it as it is saved.
  func setParameterGradient(of index: Int, _ layout: Layout) {
    let needsWhole = rule?.needsWholeToChange(parameters[index].parameter) ?? false
    _ = place(of: index, in: needsWhole ? parameters[index].canonical : layout)
    parameters[index].gradient = layout
  }

  /// The place of parameter `index` in `layout`, kept from now on.
  func place(of index: Int, in layout: Layout) -> Place {
    let wanted = ParameterCopy(layout: layout)
    if let copy = parameters[index].copies.firstIndex(of: wanted) {
      return .parameter(index, copy: copy)
    }
    parameters[index].copies.append(wanted)
    return .parameter(index, copy: parameters[index].copies.count - 1)
  }
}
