import Datasets
import Foundation
import Testing

struct DatasetCatalogTests {
  @Test func `has every dataset that the sources declare, once`() throws {
    let package = URL(fileURLWithPath: #filePath).pathComponents.dropLast(4).joined(separator: "/")
    let sources = "\(package)/Sources/Datasets"
    var declared: [String] = []
    for name in try FileManager.default.subpathsOfDirectory(atPath: sources)
    where name.hasSuffix(".swift") {
      let text = try String(contentsOfFile: "\(sources)/\(name)", encoding: .utf8)
      declared += text.matches(of: /struct (\w+): (\w*Catalogue|Picture)?Dataset(Spec)? \{/).map {
        String($0.output.1)
      }
    }
    #expect(DatasetCatalog.all.map { "\($0)" }.sorted() == declared.sorted())
    #expect(DatasetCatalog.all.allSatisfy { $0 is any DatasetSpec.Type })
    #expect(Set(DatasetCatalog.all.map { $0.type }).count == DatasetCatalog.all.count)
  }
}
