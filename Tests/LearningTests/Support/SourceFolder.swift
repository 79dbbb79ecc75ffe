import Foundation

/// Names of the types in `Sources/Learning/<folder>` that conform to `kind`, each with its file's name.
func declarations(of kind: String, in folder: String) throws -> [(type: String, file: String)] {
  let package = URL(fileURLWithPath: #filePath).pathComponents.dropLast(4).joined(separator: "/")
  let path = "\(package)/Sources/Learning/\(folder)"
  var found: [(type: String, file: String)] = []
  for name in try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
  where name.hasSuffix(".swift") {
    let text = try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    let file = String(name.dropLast(6).split(separator: "/").last ?? "")
    for line in text.split(separator: "\n") {
      guard line.hasPrefix("package struct "),
        line.contains(": \(kind) ") || line.contains(": \(kind),")
      else { continue }
      let type = line.dropFirst("package struct ".count).prefix { $0 != ":" }
      found.append((String(type), file))
    }
  }
  return found
}
