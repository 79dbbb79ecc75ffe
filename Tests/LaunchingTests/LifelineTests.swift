import Foundation
import Launching
import Testing

@Suite struct LifelineTests {
  @Test func itBreaksWhenTheOtherEndIsClosed() throws {
    let pipe = Pipe()
    let lifeline = Lifeline(descriptor: pipe.fileHandleForReading.fileDescriptor)
    #expect(!lifeline.isBroken)
    try pipe.fileHandleForWriting.write(contentsOf: Data("no end".utf8))
    #expect(!lifeline.isBroken)
    try pipe.fileHandleForWriting.close()
    #expect(lifeline.isBroken)
  }
}
