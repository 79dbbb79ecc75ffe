internal import CCrypto

/// The checksum SHA-256 (FIPS 180-4) of bytes that come in pieces, computed by libcrypto.
package final class SHA256 {
  private let context: OpaquePointer

  package init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("libcrypto offers no SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds `bytes` to what was added before.
  package func update(_ bytes: UnsafeRawBufferPointer) {
    guard EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else {
      preconditionFailure("EVP_DigestUpdate failed")
    }
  }

  /// The checksum of all that was added, in 64 hexadecimal digits. Ends the computation.
  package func finalize() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    guard EVP_DigestFinal_ex(context, &digest, nil) == 1 else {
      preconditionFailure("EVP_DigestFinal_ex failed")
    }
    return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

extension SHA256 {
  /// The checksum of `bytes`, in 64 hexadecimal digits.
  package static func hexDigest(of bytes: [UInt8]) -> String {
    let checksum = SHA256()
    bytes.withUnsafeBytes { checksum.update($0) }
    return checksum.finalize()
  }
}
