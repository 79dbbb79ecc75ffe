// swift-tools-version: 6.2
import PackageDescription

/// Whether `make fuzz` asks, which needs a counter at each branch.
let isFuzzing = Context.environment["FUZZ"] != nil

let strict: [SwiftSetting] =
  [.treatAllWarnings(as: .error)] + (isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer"])] : [])

let package = Package(
  name: "exp",
  products: [
    .executable(name: "exp", targets: ["ExpCommand"]),
    // Not for users: the tests load it into the command to let its writes fail.
    .library(name: "FaultInjection", type: .dynamic, targets: ["FaultInjection"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    // System libraries
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .target(
      name: "COneDNN",
      linkerSettings: [.linkedLibrary("dnnl"), .linkedLibrary("gomp")]),
    .target(name: "CKernels"),

    // The house, from the ground up
    .target(name: "TextLayout", swiftSettings: strict),
    .target(name: "Checksums", dependencies: ["CCrypto"], swiftSettings: strict),
    .target(name: "CSpawning"),
    .target(name: "ChildPrograms", dependencies: ["CSpawning"], swiftSettings: strict),
    .target(name: "Specs", dependencies: ["CLibYAML", "TextLayout"], swiftSettings: strict),
    .target(name: "Tensors", dependencies: ["CKernels"], swiftSettings: strict),
    .target(
      name: "OneDNNBackend", dependencies: ["Tensors", "CKernels", "COneDNN"],
      swiftSettings: strict),
    .target(name: "Metrics", dependencies: ["TextLayout"], swiftSettings: strict),
    .target(
      name: "Datasets",
      dependencies: [
        "Checksums", "ChildPrograms", "Specs", "Tensors", "CZlib", "CPNG", "CKernels",
      ],
      swiftSettings: strict),
    .target(
      name: "Learning", dependencies: ["Specs", "Tensors", "Metrics", "TextLayout"],
      swiftSettings: strict),
    .target(
      name: "Runs",
      dependencies: ["Checksums", "ChildPrograms", "Specs", "Metrics", "TextLayout"],
      swiftSettings: strict),
    .target(
      name: "Experiments",
      dependencies: [
        "Checksums", "ChildPrograms", "Specs", "Tensors", "Metrics", "Datasets", "Learning", "Runs",
        "TextLayout",
      ],
      swiftSettings: strict),
    .target(
      name: "Reports", dependencies: ["Specs", "Runs", "Metrics", "TextLayout"],
      swiftSettings: strict),
    .executableTarget(
      name: "ExpCommand",
      dependencies: [
        "TextLayout", "Specs", "Metrics", "Datasets", "Learning", "Runs", "Experiments", "Reports",
        "OneDNNBackend", "CKernels",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Measured beside others by Benchmarks/compare_augmentation.py
    .executableTarget(
      name: "AugmentationSpeed", dependencies: ["Datasets", "Specs", "Tensors"],
      path: "Benchmarks/AugmentationSpeed", swiftSettings: strict),
    // What a step takes beyond the library's kernels; run by itself.
    .executableTarget(
      name: "StepBound",
      dependencies: ["Datasets", "Experiments", "OneDNNBackend", "Specs", "Tensors"],
      path: "Benchmarks/StepBound", swiftSettings: strict),

    // Tests mirror sources
    .target(
      name: "ReferenceBackend", dependencies: ["Tensors"], path: "Tests/ReferenceBackend",
      swiftSettings: strict),
    .testTarget(
      name: "OneDNNBackendTests", dependencies: ["CKernels", "OneDNNBackend", "ReferenceBackend"],
      swiftSettings: strict),
    .testTarget(
      name: "TextLayoutTests", dependencies: ["TextLayout"], swiftSettings: strict),
    .testTarget(name: "ChecksumsTests", dependencies: ["Checksums"], swiftSettings: strict),
    .testTarget(
      name: "ChildProgramsTests", dependencies: ["ChildPrograms"], swiftSettings: strict),
    .testTarget(name: "SpecsTests", dependencies: ["Specs"], swiftSettings: strict),
    .testTarget(
      name: "TensorsTests", dependencies: ["Tensors", "ReferenceBackend"],
      resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "MetricsTests", dependencies: ["Metrics"], resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "LearningTests",
      dependencies: [
        "Learning", "OneDNNBackend", "ReferenceBackend", "Specs", "Tensors", "Metrics",
      ],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "DatasetsTests",
      dependencies: ["Checksums", "Datasets", "Specs", "Tensors", "CZlib", "CPNG"],
      resources: [.copy("Augmentations/Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "RunsTests", dependencies: ["ChildPrograms", "Runs"], swiftSettings: strict),
    .testTarget(
      name: "ReportsTests", dependencies: ["ChildPrograms", "Reports"],
      exclude: ["Page/chromium.py", "Page/check_page.py", "Page/check_page.js"],
      swiftSettings: strict),
    .testTarget(
      name: "ExperimentsTests", dependencies: ["ChildPrograms", "Experiments", "ReferenceBackend"],
      exclude: ["Planning/Fixtures"],
      swiftSettings: strict),
    .target(name: "FaultInjection", path: "Tests/FaultInjection"),
    // Runs the command itself, which every build puts beside the tests.
    .testTarget(
      name: "ExpCommandTests", dependencies: ["ChildPrograms", "Runs", "Metrics"],
      exclude: ["Fixtures"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

if isFuzzing {
  package.targets.append(
    .target(
      name: "FuzzChecks", dependencies: ["Specs", "Datasets", "Experiments"],
      path: "Tests/Fuzzing/FuzzChecks", swiftSettings: strict))
  for name in ["FuzzText", "FuzzSettings"] {
    package.targets.append(
      .executableTarget(
        name: name, dependencies: ["FuzzChecks"], path: "Tests/Fuzzing/\(name)",
        exclude: ["Seeds"], swiftSettings: strict,
        linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]))
  }
}
