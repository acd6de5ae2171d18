import Glibc
import StableStorage
import Testing

@testable import RecordLog

@Suite struct RecordLogErrorTests {
    @Test(
        arguments: [
            (.noSpace(needed: 10, free: 3), "No room in the log: 10 bytes needed, 3 free."),
            (.readOnly(reason: "It was closed."), "The log takes nothing: It was closed."),
            (
                .damaged(Damage(.payload, file: "00000001.seg", bytes: 8192..<8264, sequences: 12...12)),
                "00000001.seg, bytes 8192 to 8263: bad payload, frame 12 lost"
            ),
            (
                .damaged(Damage(.missingSegment, file: "00000002.seg", sequences: 3...9)),
                "missing segment, frames 3 to 9 lost"
            ),
            (.frameTooLarge(payloadBytes: 786_433), "at most 786392 fit"),
            (.newerVersion(file: "00000001.seg", version: 2), "which a newer annald wrote"),
            (.newerFrame(file: "00000001.seg", offset: 8192, kind: 77), "of kind 77"),
            (.storage(StorageError(.sync, path: "/log/1", code: EIO)), "Can't sync /log/1"),
        ] as [(RecordLogError, String)])
    func readsAsASentence(error: RecordLogError, part: String) {
        #expect("\(error)".contains(part))
    }
}
