import Glibc
import StableStorage
import TestSupport
import Testing

@testable import Daemon

/// A log that is gone isn't begun anew without a word.
@Suite struct LogGoneTests {
    private let scratch = ScratchDirectory()

    private func make(_ directories: String..., files: [String] = []) throws {
        for name in directories { try #require(mkdir(scratch.path + "/" + name, 0o700) == 0) }
        for name in files { try #require(mknod(scratch.path + "/" + name, S_IFREG | 0o600, 0) == 0) }
    }

    private func check(newLog: Bool = false) throws {
        try LogGone.check(POSIXDirectory(path: scratch.path), startsNewLog: newLog)
    }

    @Test func theFirstStartIsFine() throws { try check() }

    @Test func anInterruptedFirstStartIsFine() throws {
        try make("log", "done", "quarantine", "done/lost+found", files: ["lock", "clock"])
        try check()
    }

    @Test(arguments: ["done", "quarantine"]) func filesThatWereTakenShowThatThereWasOne(_ folder: String) throws {
        try make("done", "quarantine", "\(folder)/pop")
        #expect {
            try check()
        } throws: { error in
            "\(error)".contains("--new-log") && "\(error)".contains(scratch.path + "/log")
                && "\(error)".contains("\(folder)/pop")
        }
        try make("log")
        #expect(throws: LogGone.self) { try check() }
        try check(newLog: true)
        // Though it has no segment yet.
        try check()
        #expect(throws: LogGone.self) { try check(newLog: true) }
    }

    @Test func aClockShowsItToo() throws {
        try make("done", "quarantine", files: ["clock"])
        #expect(throws: LogGone.self) { try check() }
        try check(newLog: true)
    }

    @Test func aNewOneIsRefusedWhereTheOldOneIs() throws {
        try make("log", "done", "done/pop", files: ["log/00000001.seg", "clock"])
        try check()
        #expect(throws: LogGone.self) { try check(newLog: true) }
    }
}
