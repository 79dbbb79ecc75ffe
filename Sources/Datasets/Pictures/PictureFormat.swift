/// The formats of picture files that are decoded, told by their first bytes whatever the file's name is.
enum PictureFormat {
  case png, jpeg

  /// The format of the file `bytes`. Throws if it is another one, which is named if it is known.
  init(of bytes: [UInt8]) throws(PictureError) {
    if bytes.isEmpty { throw PictureError("an empty file", hint: .copyAnew) }
    if bytes.starts(with: [0x89] + Array("PNG\r\n\u{1A}\n".utf8)) {
      self = .png
    } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else {
      throw PictureError(Self.refusal(of: bytes))
    }
  }

  private static func refusal(of bytes: [UInt8]) -> String {
    if let name = others.first(where: { $0.matches(bytes) })?.name {
      return "a \(name) file, which is not read; convert it to PNG or JPEG"
    }
    let text = bytes.prefix(64).drop { " \t\r\n\u{FEFF}".utf8.contains($0) }
    let start = String(decoding: text, as: UTF8.self).lowercased()
    if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") {
      return "not a PNG or JPEG: it begins like an HTML page"
    }
    if start.hasPrefix("version https://git-lfs") {
      return "not a picture, but a pointer to one; 'git lfs pull' fetches it"
    }
    if bytes.prefix(64).allSatisfy({ 0x20...0x7E ~= $0 || [0x09, 0x0A, 0x0D].contains($0) }) {
      return "not a PNG or JPEG, but text; the name of a table ends in '.csv'"
    }
    let digits = bytes.prefix(4).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return "not a PNG or JPEG: it begins with the bytes \(digits.joined(separator: " "))"
  }

  /// A format that is not decoded: its name, and the bytes that its files have at some place.
  private struct Other {
    let name: String
    let place: Int
    let bytes: [UInt8]

    init(_ name: String, _ text: String, at place: Int = 0) {
      self.init(name, Array(text.utf8), at: place)
    }

    init(_ name: String, _ bytes: [UInt8], at place: Int = 0) {
      self.name = name
      self.place = place
      self.bytes = bytes
    }

    func matches(_ file: [UInt8]) -> Bool { file.dropFirst(place).starts(with: bytes) }
  }

  private static let others = [
    Other("GIF", "GIF8"), Other("WebP", "WEBP", at: 8), Other("BMP", "BM"),
    Other("TIFF", "II*\0"), Other("TIFF", "MM\0*"), Other("AVIF", "ftypavif", at: 4),
    Other("HEIC", "ftyphei", at: 4), Other("HEIC", "ftyphev", at: 4),
    Other("HEIC", "ftypmif1", at: 4), Other("HEIC", "ftypmsf1", at: 4),
    Other("JPEG 2000", "jP  ", at: 4), Other("JPEG XL", [0xFF, 0x0A]),
    Other("JPEG XL", "JXL ", at: 4), Other("Photoshop", "8BPS"), Other("PDF", "%PDF"),
    Other("SVG", "<svg"), Other("ZIP", "PK\u{3}\u{4}"), Other("gzip", [0x1F, 0x8B]),
  ]
}
