/// A row of places, of which each is taken for some time only.
package struct SharedSpace {
  private struct Tenant {
    let places: Range<Int>
    let moments: ClosedRange<Int>
  }

  private var tenants: [Tenant] = []
  /// The number of places.
  package private(set) var size = 0

  package init() {}

  /// Takes the first `count` places in a row that are free at all of the `moments`; returns where they begin.
  package mutating func take(_ count: Int, at moments: ClosedRange<Int>) -> Int {
    var start = 0
    for tenant in tenants where tenant.moments.overlaps(moments) {
      if start + count <= tenant.places.lowerBound { break }
      start = max(start, tenant.places.upperBound)
    }
    let places = start..<start + count
    let position = tenants.firstIndex { $0.places.lowerBound > start } ?? tenants.endIndex
    tenants.insert(Tenant(places: places, moments: moments), at: position)
    size = max(size, places.upperBound)
    return start
  }
}
