internal import CCrypto

/// A checksum of bytes that come in pieces, computed by libcrypto.
package class MessageDigest {
  private let context: OpaquePointer

  fileprivate init(context: OpaquePointer) { self.context = context }

  deinit { EVP_MD_CTX_free(context) }

  /// The start of a computation; nil where libcrypto does not offer the `algorithm`.
  fileprivate static func start(_ algorithm: OpaquePointer?) -> OpaquePointer? {
    guard let context = EVP_MD_CTX_new() else { return nil }
    if EVP_DigestInit_ex(context, algorithm, nil) == 1 { return context }
    EVP_MD_CTX_free(context)
    return nil
  }

  /// Adds `bytes` to what was added before.
  package func update(_ bytes: UnsafeRawBufferPointer) {
    guard EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else {
      preconditionFailure("EVP_DigestUpdate failed")
    }
  }

  /// The checksum of all that was added, in hexadecimal digits. Ends the computation.
  package func finalize() -> String {
    finalizeBytes().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The checksum of all that was added. Ends the computation.
  package func finalizeBytes() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    guard EVP_DigestFinal_ex(context, &digest, &count) == 1 else {
      preconditionFailure("EVP_DigestFinal_ex failed")
    }
    return Array(digest.prefix(Int(count)))
  }
}

/// The checksum SHA-256 (FIPS 180-4), in 64 hexadecimal digits.
package final class SHA256: MessageDigest {
  package init() {
    guard let context = Self.start(EVP_sha256()) else {
      preconditionFailure("libcrypto offers no SHA-256")
    }
    super.init(context: context)
  }

  /// The checksum of `bytes`.
  package static func hexDigest(of bytes: [UInt8]) -> String {
    let checksum = SHA256()
    bytes.withUnsafeBytes { checksum.update($0) }
    return checksum.finalize()
  }
}

/// The checksum MD5 (RFC 1321), in 32 hexadecimal digits, for files of which no other is published.
package final class MD5: MessageDigest {
  /// Returns nil where libcrypto does not offer it, as in FIPS mode.
  package init?() {
    guard let context = Self.start(EVP_md5()) else { return nil }
    super.init(context: context)
  }
}
