import Learning
import Specs
import Testing

@Suite struct CatalogTests {
  struct Entry: Sendable, CustomTestStringConvertible {
    let catalog: String
    let types: [any Spec.Type]
    let kind: String
    let folder: String
    var testDescription: String { catalog }
  }

  static let catalogs = [
    Entry(catalog: "layers", types: LayerCatalog.all, kind: "LayerSpec", folder: "Layers"),
    Entry(
      catalog: "optimizers", types: OptimizerCatalog.all, kind: "OptimizerSpec",
      folder: "Optimizers"),
    Entry(
      catalog: "schedules", types: ScheduleCatalog.all, kind: "ScheduleSpec", folder: "Schedules"),
    Entry(
      catalog: "callbacks", types: CallbackCatalog.all, kind: "CallbackSpec", folder: "Callbacks"),
    Entry(
      catalog: "initializers", types: InitializerCatalog.all, kind: "InitializerSpec",
      folder: "Initializers"),
    Entry(
      catalog: "regularizers", types: RegularizerCatalog.all, kind: "RegularizerSpec",
      folder: "Regularizers"),
    Entry(
      catalog: "constraints", types: ConstraintCatalog.all, kind: "ConstraintSpec",
      folder: "Constraints"),
    Entry(catalog: "losses", types: LossCatalog.all, kind: "LossSpec", folder: "Losses"),
  ]

  @Test(arguments: catalogs)
  func `has a file for each entry, and an entry for each file`(entry: Entry) throws {
    let declared = try declarations(of: entry.kind, in: entry.folder)
    #expect(declared.allSatisfy { $0.type == $0.file })
    #expect(entry.types.map { "\($0)" }.sorted() == declared.map(\.type).sorted())
  }

  @Test(arguments: catalogs)
  func `has no name twice, and a summary for each`(entry: Entry) {
    #expect(Set(entry.types.map { $0.type }).count == entry.types.count)
    for type in entry.types {
      #expect(type.summary.hasSuffix("."))
      #expect(type.type.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" })
    }
  }

  @Test func `gives what it says`() throws {
    #expect(LayerCatalog.all.allSatisfy { $0 is any LayerSpec.Type })
    #expect(OptimizerCatalog.all.allSatisfy { $0 is any OptimizerSpec.Type })
    #expect(ScheduleCatalog.all.allSatisfy { $0 is any ScheduleSpec.Type })
    #expect(CallbackCatalog.all.allSatisfy { $0 is any CallbackSpec.Type })
    #expect(LossCatalog.all.allSatisfy { $0 is any LossSpec.Type })
    #expect(InitializerCatalog.all.allSatisfy { $0 is any InitializerSpec.Type })
    #expect(ConstraintCatalog.all.allSatisfy { $0 is any ConstraintSpec.Type })
    #expect(RegularizerCatalog.all.allSatisfy { $0 is any RegularizerSpec.Type })
    #expect(ActivationCatalog.all.allSatisfy { $0 is any LayerSpec.Type })
  }
}
