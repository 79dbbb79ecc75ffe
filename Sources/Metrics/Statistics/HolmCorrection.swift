extension [Double?] {
  /// These p-values, adjusted by Holm for being several: the more tests, the likelier is luck in one.
  ///
  /// In rising order p is multiplied by m, m − 1, …, 1, is never less than the one before it, and at most
  /// 1: statsmodels' `multipletests(method="holm")`. Tests without a p-value keep none, and don't count.
  package var holmAdjusted: [Double?] {
    var adjusted = self
    let rising = indices.compactMap { index in self[index].map { (index: index, value: $0) } }
      .sorted { ($0.value, $0.index) < ($1.value, $1.index) }
    var largest = 0.0
    for (rank, pValue) in rising.enumerated() {
      largest = Swift.max(largest, Swift.min(1, pValue.value * Double(rising.count - rank)))
      adjusted[pValue.index] = largest
    }
    return adjusted
  }
}
