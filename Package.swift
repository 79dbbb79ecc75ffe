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
    .systemLibrary(name: "CJPEG", pkgConfig: "libjpeg", providers: [.apt(["libjpeg-dev"])]),
    .target(name: "CPictures", dependencies: ["CJPEG", "CPNG"]),
    .target(
      name: "COneDNN",
      linkerSettings: [.linkedLibrary("dnnl"), .linkedLibrary("gomp")]),
    .target(name: "CKernels"),
    .target(name: "CArchive"),

    // The house, from the ground up; `docs/architecture.md` draws it
    .target(name: "TextLayout", swiftSettings: strict),
    .target(name: "Documents", swiftSettings: strict),
    .target(name: "Diagnostics", dependencies: ["TextLayout"], swiftSettings: strict),
    .target(
      name: "Files", dependencies: ["CCrypto", "Diagnostics", "Documents"], swiftSettings: strict),
    .target(name: "CSpawning"),
    .target(name: "ChildPrograms", dependencies: ["CSpawning"], swiftSettings: strict),
    .target(
      name: "Specs", dependencies: ["CLibYAML", "Documents", "Diagnostics", "TextLayout"],
      swiftSettings: strict),
    .target(name: "Tensors", dependencies: ["Documents", "CKernels"], swiftSettings: strict),
    .target(
      name: "OneDNNBackend", dependencies: ["Tensors", "CKernels", "COneDNN"],
      swiftSettings: strict),
    .target(name: "Metrics", dependencies: ["TextLayout"], swiftSettings: strict),
    .target(
      name: "Datasets",
      dependencies: [
        "Documents", "Diagnostics", "Files", "ChildPrograms", "Specs", "Tensors", "TextLayout",
        "CZlib", "CPNG", "CArchive", "CKernels", "CPictures",
      ],
      swiftSettings: strict),
    .target(
      name: "Learning",
      dependencies: [
        "Documents", "Diagnostics", "Specs", "Tensors", "Metrics", "TextLayout", "CKernels",
      ],
      swiftSettings: strict),
    .target(
      name: "Records",
      dependencies: [
        "Documents", "Diagnostics", "Files", "ChildPrograms", "Metrics", "TextLayout",
      ],
      swiftSettings: strict),
    .target(
      name: "Plans",
      dependencies: [
        "Documents", "Diagnostics", "Files", "Specs", "Tensors", "Metrics", "Datasets",
        "Learning", "Records", "Exchange",
      ],
      swiftSettings: strict),
    .target(
      name: "Running",
      dependencies: [
        "Documents", "Diagnostics", "Files", "Tensors", "Metrics", "Datasets", "Learning",
        "Records", "Plans",
      ],
      swiftSettings: strict),
    .target(
      name: "Exchange", dependencies: ["Diagnostics", "Documents", "Tensors", "TextLayout"],
      swiftSettings: strict),
    .target(
      name: "Launching",
      dependencies: [
        "ChildPrograms", "Diagnostics", "Documents", "Files", "Learning", "Metrics", "Records",
        "Running", "Specs", "TextLayout",
      ],
      swiftSettings: strict),
    .target(
      name: "Reports",
      dependencies: [
        "Documents", "Diagnostics", "Files", "Records", "Metrics", "TextLayout",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "ExpCommand",
      dependencies: [
        "TextLayout", "Diagnostics", "Files", "Specs", "Metrics", "Datasets",
        "Learning",
        "Exchange", "Records", "Plans", "Running", "Launching", "Reports", "OneDNNBackend",
        "CKernels",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // Measured beside others by Benchmarks/compare_augmentation.py
    .executableTarget(
      name: "AugmentationSpeed", dependencies: ["Datasets", "Specs", "Tensors"],
      path: "Benchmarks/AugmentationSpeed", swiftSettings: strict),
    // Measured beside others by Benchmarks/measures/inference.py
    .executableTarget(
      name: "InferenceSpeed",
      dependencies: ["Datasets", "Files", "OneDNNBackend", "Records", "Running", "Tensors"],
      path: "Benchmarks/InferenceSpeed", swiftSettings: strict),
    // The cost of claims when many workers share many runs.
    .executableTarget(
      name: "ClaimSpeed",
      dependencies: [
        "Datasets", "Diagnostics", "Files", "OneDNNBackend", "Plans", "Records", "Running",
      ],
      path: "Benchmarks/ClaimSpeed", swiftSettings: strict),
    // A gate for the speed of convolutions of our own.
    .executableTarget(
      name: "KernelSpeed", dependencies: ["CKernels", "COneDNN"],
      path: "Benchmarks/KernelSpeed", swiftSettings: strict),
    // Measured by Benchmarks/measures/roofline.py
    .executableTarget(
      name: "StepBound",
      dependencies: [
        "CKernels", "Datasets", "Diagnostics", "OneDNNBackend", "Plans", "Tensors",
      ],
      path: "Benchmarks/StepBound", swiftSettings: strict),

    // Tests mirror sources
    .testTarget(name: "ArchitectureTests", swiftSettings: strict),
    .target(
      name: "ReferenceBackend", dependencies: ["Tensors"], path: "Tests/ReferenceBackend",
      swiftSettings: strict),
    .testTarget(
      name: "OneDNNBackendTests", dependencies: ["CKernels", "OneDNNBackend", "ReferenceBackend"],
      swiftSettings: strict),
    .testTarget(
      name: "TextLayoutTests", dependencies: ["TextLayout"], swiftSettings: strict),
    .testTarget(
      name: "DocumentsTests", dependencies: ["Documents"], swiftSettings: strict),
    .testTarget(
      name: "DiagnosticsTests", dependencies: ["Diagnostics"], swiftSettings: strict),
    .testTarget(
      name: "FilesTests", dependencies: ["ChildPrograms", "Files", "TemporaryFolders"],
      swiftSettings: strict),
    .testTarget(
      name: "ChildProgramsTests", dependencies: ["ChildPrograms"], swiftSettings: strict),
    .testTarget(
      name: "SpecsTests", dependencies: ["Documents", "Diagnostics", "Specs"], swiftSettings: strict
    ),
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
        "Documents", "Diagnostics", "Learning", "OneDNNBackend", "ReferenceBackend", "Specs",
        "Tensors", "Metrics",
      ],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "DatasetsTests",
      dependencies: [
        "Datasets", "Diagnostics", "Files", "LocalServer", "Specs", "Tensors", "CZlib", "CPNG",
        "TemporaryFolders",
      ],
      exclude: ["FileFormats/Fixtures", "Pictures/Fixtures/make_pillow_fixtures.py"],
      resources: [.copy("Augmentations/Fixtures"), .copy("Pictures/Fixtures/pillow")],
      swiftSettings: strict),
    .testTarget(
      name: "RecordsTests",
      dependencies: [
        "ChildPrograms", "Documents", "Files", "Metrics", "Records", "TemporaryFolders",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "ChildPrograms", "Diagnostics", "Documents", "Files", "Metrics", "Records", "Reports",
        "TemporaryFolders",
      ],
      exclude: [
        "Compare/Baseline/make_fold_tests.py", "Page/chromium.py", "Page/check_page.py",
        "Page/check_page.js",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "PlansTests",
      dependencies: [
        "ChildPrograms", "Datasets", "Diagnostics", "Documents", "ExperimentExamples", "Learning",
        "Plans", "Records", "ReferenceBackend", "Specs", "Tensors",
      ],
      exclude: ["Planning/Fixtures", "Planning/PyTorch/Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "RunningTests",
      dependencies: [
        "Datasets", "ExperimentExamples", "Files", "Learning", "Metrics", "Plans", "Records",
        "ReferenceBackend", "Running", "TemporaryFolders", "Tensors",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ExchangeTests",
      dependencies: [
        "ChildPrograms", "Datasets", "Diagnostics", "Exchange", "OneDNNBackend", "Plans",
        "ReferenceBackend", "TemporaryFolders", "Tensors",
      ],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "LaunchingTests",
      dependencies: [
        "ChildPrograms", "Diagnostics", "ExperimentExamples", "Files", "Launching", "Learning",
        "Metrics", "Records", "Running", "Specs", "TemporaryFolders",
      ],
      exclude: ["Slurm/Fixtures"], swiftSettings: strict),
    .target(name: "LocalServer", path: "Tests/Support/LocalServer", swiftSettings: strict),
    .target(
      name: "TemporaryFolders", path: "Tests/Support/TemporaryFolders", swiftSettings: strict),
    .target(
      name: "ExperimentExamples",
      dependencies: [
        "Datasets", "Diagnostics", "Plans", "Records", "ReferenceBackend", "Running", "Specs",
        "Tensors",
      ],
      path: "Tests/Support/ExperimentExamples", swiftSettings: strict),
    .target(name: "FaultInjection", path: "Tests/FaultInjection"),
    // Runs the command itself, which every build puts beside the tests.
    .testTarget(
      name: "ExpCommandTests",
      dependencies: [
        "ChildPrograms", "Datasets", "Documents", "Files", "Records", "Metrics", "TemporaryFolders",
        "Tensors",
      ],
      exclude: ["Fixtures"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

if isFuzzing {
  package.targets.append(
    .target(
      name: "FuzzChecks",
      dependencies: [
        "CZlib", "Datasets", "Diagnostics", "Documents", "ExperimentExamples", "Files", "Learning",
        "OneDNNBackend", "Plans", "Records", "Reports", "Running", "Specs", "Tensors",
      ],
      path: "Tests/Fuzzing/FuzzChecks", swiftSettings: strict))
  for (name, unread) in [("FuzzText", ["Seeds"]), ("FuzzSettings", ["Seeds"]), ("FuzzFiles", [])] {
    package.targets.append(
      .executableTarget(
        name: name, dependencies: ["FuzzChecks"], path: "Tests/Fuzzing/\(name)",
        exclude: unread, swiftSettings: strict,
        linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]))
  }
}
