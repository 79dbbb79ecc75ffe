import Foundation
import Glibc

/// A web server on this machine, which can misbehave in any way.
package final class LocalServer: @unchecked Sendable {
  /// What a client asked for.
  package struct Request: Hashable, Sendable {
    /// Such as `/train-images-idx3-ubyte.gz`.
    package let path: String
    /// The first byte that it wants, if it asks for a part.
    package let start: Int?
  }

  /// What it is sent.
  package struct Response: Sendable {
    package var status = 200
    package var headers: [String] = []
    package var body: [UInt8] = []
    /// The length that is announced; nil for that of the body, and below 0 for none.
    package var announcedLength: Int?
    /// Sent again and again after the body, until the client goes.
    package var endlessTail: [UInt8] = []

    package init(status: Int = 200, headers: [String] = [], body: [UInt8] = []) {
      self.status = status
      self.headers = headers
      self.body = body
    }

    /// `bytes`, or their end from where the client wants them on.
    package static func file(_ bytes: [UInt8], _ request: Request) -> Response {
      guard let start = request.start else { return Response(body: bytes) }
      guard start < bytes.count else { return Response(status: 416) }
      return Response(
        status: 206, headers: ["Content-Range: bytes \(start)-\(bytes.count - 1)/\(bytes.count)"],
        body: Array(bytes[start...]))
    }
  }

  /// Such as `http://127.0.0.1:34567`.
  package let address: String
  private let listener: Int32
  private let lock = NSLock()
  private var seen: [Request] = []

  /// What clients have asked for, in order.
  package var requests: [Request] { lock.withLock { seen } }

  /// A server that answers each request with `respond`, which is also told how many came before.
  package init(_ respond: @escaping @Sendable (Request, Int) -> Response) throws {
    listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &place) { [listener] place in
      place.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
        bind(listener, place, size) == 0 && listen(listener, 16) == 0
          && getsockname(listener, place, &size) == 0
      }
    }
    guard isListening else { throw POSIXError(.EADDRNOTAVAIL) }
    address = "http://127.0.0.1:\(UInt16(bigEndian: place.sin_port))"
    let listener = listener
    Thread.detachNewThread { [weak self] in
      // Closed by this thread alone: it would take the connections of whoever got the number next.
      defer { close(listener) }
      while true {
        let client = Int32(retrying { Int(accept(listener, nil, nil)) })
        guard client >= 0 else { return }
        _ = fcntl(client, F_SETFD, FD_CLOEXEC)
        defer { close(client) }
        guard let request = Self.readRequest(from: client), let self else { continue }
        Self.send(respond(request, self.note(request)), to: client)
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
  }

  /// Returns the number of requests before this one.
  private func note(_ request: Request) -> Int {
    lock.withLock {
      seen.append(request)
      return seen.count - 1
    }
  }

  private static func readRequest(from client: Int32) -> Request? {
    var (text, buffer) = ("", [UInt8](repeating: 0, count: 1 << 12))
    while !text.contains("\r\n\r\n") {
      let count = retrying { recv(client, &buffer, buffer.count, 0) }
      guard count > 0 else { return nil }
      text += String(decoding: buffer[..<count], as: UTF8.self)
    }
    guard let path = text.firstMatch(of: /^GET (\S+)/)?.output.1 else { return nil }
    let start = text.firstMatch(of: /\r\nRange: bytes=(\d+)-/)?.output.1
    return Request(path: String(path), start: start.flatMap { Int($0) })
  }

  private static func send(_ response: Response, to client: Int32) {
    var head = "HTTP/1.1 \(response.status) Reason\r\nConnection: close\r\n"
    let length = response.announcedLength ?? response.body.count
    if length >= 0 { head += "Content-Length: \(length)\r\n" }
    head += response.headers.map { $0 + "\r\n" }.joined() + "\r\n"
    guard send(Array(head.utf8) + response.body, to: client) else { return }
    while !response.endlessTail.isEmpty, send(response.endlessTail, to: client) {}
    shutdown(client, Int32(SHUT_WR))
    // A connection closed with bytes unread would be reset, and the client lose what is on its way.
    var rest = [UInt8](repeating: 0, count: 256)
    while retrying({ recv(client, &rest, rest.count, 0) }) > 0 {}
  }

  private static func send(_ bytes: [UInt8], to client: Int32) -> Bool {
    var start = 0
    while start < bytes.count {
      let count = retrying {
        bytes.withUnsafeBytes {
          Glibc.send(
            client, $0.baseAddress?.advanced(by: start), bytes.count - start,
            Int32(MSG_NOSIGNAL))
        }
      }
      guard count > 0 else { return false }
      start += count
    }
    return true
  }
}

/// The result of a system call, made again while signals interrupt it: children of other tests end.
private func retrying(_ call: () -> Int) -> Int {
  while true {
    let result = call()
    if result >= 0 || errno != EINTR { return result }
  }
}
