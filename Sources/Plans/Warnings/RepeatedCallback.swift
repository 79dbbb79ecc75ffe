import Diagnostics
import Learning

/// Callbacks that stand there twice.
enum RepeatedCallback: WarningRule {
  static func check(_ plan: CheckedPlan, _ diagnostics: inout Diagnostics) {
    let callbacks = plan.sections.callbacks
    for (index, callback) in callbacks.enumerated() {
      // Two that save or average weights are an error, equal or not.
      guard !(callback.value is ModelCheckpoint), !callback.value.averagesParameters,
        let first = callbacks[..<index].first(where: { $0.tree == callback.tree })
      else { continue }
      let isWatching = callback.value.monitorField != nil
      diagnostics.warning(
        .repeatedCallback, "another '\(callback.type)' does the very same", at: callback.location,
        notes: [.init("it is here", at: first.location)],
        hint: "remove one of them" + (isWatching ? ", or let it watch another 'monitor'" : ""))
    }
  }
}
