import Glibc
import Annals
import Testing

@testable import Inbox

struct SettleBookTests {
    private var book = SettleBook(settleTimeNs: 2000)

    private func arrival(_ name: String, inode: UInt64 = 1, size: Int64 = 10, ctimeNs: Int64 = 5) -> Arrival {
        var arrival = Arrival(path: Array(name.utf8), status: .sample)
        arrival.identity = FileIdentity(device: 1, inode: inode)
        arrival.size = size
        arrival.ctimeNs = ctimeNs
        return arrival
    }

    private mutating func see(_ arrival: Arrival, _ cause: SettleBook.Cause = .looked, at nowNs: UInt64) {
        book.observe(.arrival(arrival), at: arrival.path, because: cause, nowNs: nowNs)
    }

    private mutating func taken() -> [String] { book.takeReady().map { EscapedName.text($0.arrival.path) } }

    @Test mutating func aFileThatWasMovedInIsReadyAtOnce() {
        see(arrival("t"), .movedIn, at: 100)
        #expect(book.nextDeadlineNs == nil)
        #expect(book.takeReady() == [SettleBook.Ready(arrival: arrival("t"), wasMovedIn: true)])
        #expect(book.takeReady().isEmpty)
        #expect(book.pendingCount == 1)
    }

    @Test mutating func anyOtherMustLookTheSameForTheSettleTime() {
        see(arrival("t"), at: 100)
        #expect(book.nextDeadlineNs == 2100)
        #expect(book.due(nowNs: 2099).isEmpty)
        #expect(book.due(nowNs: 2100) == [Array("t".utf8)])
        #expect(taken().isEmpty, "nobody has looked yet")
        see(arrival("t"), at: 2100)
        #expect(book.takeReady() == [SettleBook.Ready(arrival: arrival("t"), wasMovedIn: false)])
    }

    @Test(arguments: ["size", "mtime", "ctime", "inode"])
    mutating func anyChangeStartsTheTimeAnew(of what: String) {
        see(arrival("t"), at: 0)
        var changed = arrival("t")
        switch what {
        case "size": changed.size += 1
        case "mtime": changed.mtimeNs += 1
        case "ctime": changed.ctimeNs += 1
        default: changed.identity.inode += 1
        }
        see(changed, at: 1500)
        see(changed, at: 2000)
        #expect(taken().isEmpty)
        #expect(book.nextDeadlineNs.map { $0 <= 3500 } == true)
        see(changed, at: 3500)
        #expect(taken() == ["t"])
    }

    @Test mutating func tenSlowWritesAreOneDrop() {
        for write in 1...10 {
            see(arrival("t", size: Int64(write)), .closed, at: UInt64(write) * 1000)
            _ = book.due(nowNs: UInt64(write) * 1000)
            #expect(taken().isEmpty)
        }
        see(arrival("t", size: 10), at: 12_000)
        #expect(taken() == ["t"])
    }

    @Test mutating func openingAndClosingWithoutAChangeDelaysNothing() {
        see(arrival("t"), at: 0)
        for nowNs in stride(from: UInt64(500), to: 2000, by: 500) { see(arrival("t"), .closed, at: nowNs) }
        #expect(taken().isEmpty)
        see(arrival("t"), .closed, at: 2000)
        #expect(taken() == ["t"])
    }

    @Test mutating func aMovedInFileThatAWriterClosedSettlesByTime() {
        see(arrival("t"), .movedIn, at: 0)
        see(arrival("t"), .closed, at: 0)
        #expect(taken().isEmpty)
        #expect(book.nextDeadlineNs == 2000)
        see(arrival("t"), at: 2000)
        #expect(taken() == ["t"])
    }

    @Test mutating func aFileThatIsWrittenAfterItWasMovedInSettles() {
        see(arrival("t"), .movedIn, at: 0)
        see(arrival("t", size: 11), at: 10)
        #expect(taken().isEmpty)
        see(arrival("t", size: 11), at: 2010)
        #expect(taken() == ["t"])
    }

    @Test mutating func aScanThatSawItFirstDoesNotDelayAMovedInFile() {
        book.observe(Scan(arrivals: [arrival("t")]), nowNs: 0)
        see(arrival("t"), .movedIn, at: 5)
        #expect(book.takeReady().first?.wasMovedIn == true)
    }

    @Test mutating func readyFilesComeInTheOrderOfArrivalThenName() {
        see(arrival("late", ctimeNs: 30), .movedIn, at: 0)
        see(arrival("b", ctimeNs: 20), .movedIn, at: 0)
        see(arrival("a", ctimeNs: 20), .movedIn, at: 0)
        see(arrival("early", ctimeNs: 10), .movedIn, at: 0)
        #expect(book.takeReady(atMost: 0).isEmpty)
        #expect(book.takeReady(atMost: 3).map { EscapedName.text($0.arrival.path) } == ["early", "a", "b"])
        #expect(book.hasReady)
        #expect(taken() == ["late"])
    }

    @Test mutating func aMovedInFileWaitsForOneThatArrivedBeforeItAndSettles() {
        see(arrival("first", ctimeNs: 10), at: 0)
        see(arrival("second", ctimeNs: 20), .movedIn, at: 0)
        #expect(taken().isEmpty)
        see(arrival("first", ctimeNs: 10), at: 2000)
        #expect(taken() == ["first", "second"])
    }

    @Test mutating func nobodyWaitsForAFileThatSomebodyKeepsOpen() {
        see(arrival("open", ctimeNs: 10), .movedIn, at: 0)
        let open = book.takeReady()[0].arrival
        see(arrival("next", ctimeNs: 20), .movedIn, at: 0)
        book.putBack(open, nowNs: 0)
        #expect(taken() == ["next"])
    }

    @Test mutating func aFileInHandIsNotHandedOutTwice() {
        see(arrival("t"), .movedIn, at: 0)
        let first = book.takeReady()[0].arrival
        see(arrival("t"), .movedIn, at: 10)
        book.observe(Scan(arrivals: [arrival("t")]), nowNs: 20)
        #expect(taken().isEmpty)
        book.finish(first, nowNs: 0)
        #expect(book.pendingCount == 0)
        #expect(taken().isEmpty)
    }

    @Test mutating func anotherFileUnderTheNameComesUpWhenTheFirstIsFinished() {
        see(arrival("t"), .movedIn, at: 0)
        let first = book.takeReady()[0].arrival
        see(arrival("t", inode: 2), .movedIn, at: 10)
        #expect(taken().isEmpty)
        book.finish(first, nowNs: 0)
        #expect(book.takeReady() == [SettleBook.Ready(arrival: arrival("t", inode: 2), wasMovedIn: true)])
    }

    @Test mutating func aSuccessorThatWentAwayIsForgotten() {
        see(arrival("t"), .movedIn, at: 0)
        let first = book.takeReady()[0].arrival
        see(arrival("t", inode: 2), .movedIn, at: 10)
        book.observe(.nothing, at: first.path, because: .looked, nowNs: 20)
        book.finish(first, nowNs: 0)
        #expect(book.pendingCount == 0)
    }

    @Test mutating func aFileThatIsPutBackSettlesByTime() {
        see(arrival("t"), .movedIn, at: 0)
        book.putBack(book.takeReady()[0].arrival, nowNs: 100)
        #expect(taken().isEmpty)
        #expect(book.nextDeadlineNs == 2100)
        see(arrival("t"), at: 2100)
        #expect(book.takeReady() == [SettleBook.Ready(arrival: arrival("t"), wasMovedIn: false)])
    }

    @Test mutating func aFileThatIsGoneLeavesTheBook() {
        see(arrival("t"), at: 0)
        book.observe(.nothing, at: Array("t".utf8), because: .looked, nowNs: 1)
        #expect(book.pendingCount == 0)
        see(arrival("u"), at: 2)
        book.observe(Scan(), nowNs: 3)
        #expect(book.pendingCount == 0)
        #expect(book.due(nowNs: 10_000).isEmpty)
        #expect(book.nextDeadlineNs == nil)
    }

    @Test mutating func aScanDoesNotBringBackWhatWasFinishedWhileItRan() {
        see(arrival("t"), .movedIn, at: 0)
        let first = book.takeReady()[0].arrival
        book.beginScan()
        book.finish(first, nowNs: 0)
        book.observe(Scan(arrivals: [first]), nowNs: 10)
        #expect(book.pendingCount == 0)
        book.observe(Scan(arrivals: [first]), nowNs: 20)
        #expect(book.pendingCount == 1, "a later scan counts again")
    }

    @Test mutating func refusalsComeAndGo() {
        let refusal = Refusal(path: Array("link".utf8), reason: Scanner.notAFile(.symbolicLink))
        book.observe(Scan(refusals: [refusal]), nowNs: 0)
        #expect(book.refusals == [refusal])
        #expect(book.pendingCount == 0)
        book.observe(.nothing, at: refusal.path, because: .looked, nowNs: 1)
        #expect(book.refusals.isEmpty)
        see(arrival("t"), .movedIn, at: 2)
        let taken = book.takeReady()[0].arrival
        book.refuse(taken, Refusal(path: taken.path, reason: Scanner.unreadableFile), nowNs: 0)
        #expect(book.refusals.count == 1)
        #expect(book.pendingCount == 0)
    }

    // MARK: What stays in the inbox

    @Test mutating func whatWasRefusedIsHandedOutAgainOnlyWhenItHasChanged() {
        see(arrival("t"), .movedIn, at: 0)
        let taken = book.takeReady()[0].arrival
        book.refuse(taken, Refusal(path: taken.path, reason: Scanner.unreadableFile), nowNs: 0)
        for nowNs in [10, 5000] as [UInt64] {
            book.observe(Scan(arrivals: [arrival("t")]), nowNs: nowNs)
            #expect(book.refusals.map(\.path) == [taken.path] && book.pendingCount == 0)
            #expect(book.due(nowNs: nowNs).isEmpty)
        }
        // Its mode may be what it was refused for.
        see(arrival("t", ctimeNs: 6), at: 6000)
        #expect(book.refusals.isEmpty && book.pendingCount == 1)
    }

    @Test mutating func whatWasRefusedIsHandedOutAgainOnceTheRulesChange() {
        see(arrival("t"), .movedIn, at: 0)
        let taken = book.takeReady()[0].arrival
        book.refuse(taken, Refusal(path: taken.path, reason: Scanner.unreadableFile), nowNs: 0)
        book.forgetRefusals()
        see(arrival("t"), .movedIn, at: 10)
        #expect(book.refusals.isEmpty)
        #expect(self.taken() == ["t"])
    }

    /// Recorded and not moved: whoever changes its mode or owner changes its ctime alone.
    @Test mutating func whatIsRecordedIsHandedOutAgainOnlyWithOtherContent() {
        see(arrival("t"), .movedIn, at: 0)
        book.leave(book.takeReady()[0].arrival)
        #expect(book.pendingCount == 0 && book.isClear(through: book.lastSerial))
        see(arrival("t", ctimeNs: 77), at: 10)
        see(arrival("t", ctimeNs: 78), .closed, at: 20)
        book.observe(Scan(arrivals: [arrival("t", ctimeNs: 79)]), nowNs: 30)
        #expect(book.pendingCount == 0 && taken().isEmpty)
        see(arrival("t", inode: 9), .movedIn, at: 40)
        #expect(taken() == ["t"])
    }

    @Test mutating func whatIsRecordedAndReplacedMeanwhileLeavesItsPlaceToTheOther() {
        see(arrival("t"), .movedIn, at: 0)
        let first = book.takeReady()[0].arrival
        see(arrival("t", inode: 2), .movedIn, at: 1)
        book.leave(first)
        #expect(taken() == ["t"])
    }

    @Test mutating func whatComesBackUntouchedKeepsItsPlace() {
        see(arrival("first", ctimeNs: 10), .movedIn, at: 0)
        let first = book.takeReady()[0].arrival
        see(arrival("second", inode: 2, ctimeNs: 20), .movedIn, at: 1)
        book.giveBack(first, nowNs: 2)
        #expect(taken() == ["first", "second"])
    }

    // MARK: Sidecars

    private func sidecar(_ drop: String, inode: UInt64 = 8, ctimeNs: Int64 = 5) -> Arrival {
        arrival(drop + ".meta.yaml", inode: inode, ctimeNs: ctimeNs)
    }

    private mutating func see(sidecar: Arrival, at nowNs: UInt64) {
        book.observe(.sidecar(sidecar), at: sidecar.path, because: .closed, nowNs: nowNs)
    }

    @Test mutating func aSidecarIsToldOnceItHasStoodAloneForTheSettleTime() {
        see(sidecar: sidecar("t"), at: 100)
        #expect(book.loneSidecars(nowNs: 2099).isEmpty)
        #expect(book.loneSidecars(nowNs: 2100) == [Array("t.meta.yaml".utf8)])
        see(arrival("t"), at: 2200)
        #expect(book.loneSidecars(nowNs: 9000).isEmpty, "its drop is here")
        see(arrival("t"), at: 4200)
        let ready = book.takeReady()
        #expect(ready.map(\.sidecar?.ctimeNs) == [5])
        book.finish(ready[0].arrival, nowNs: 5000)
        #expect(book.loneSidecars(nowNs: 5001).isEmpty, "it has just gone with its drop, for all that was seen")
        book.observe(.nothing, at: sidecar("t").path, because: .looked, nowNs: 5002)
        #expect(book.loneSidecars(nowNs: 9000).isEmpty)
    }

    @Test mutating func changingTheModeOfASidecarMakesItNoNewer() {
        see(sidecar: sidecar("t", ctimeNs: 5), at: 0)
        see(sidecar: sidecar("t", ctimeNs: 900), at: 1000)
        see(arrival("t"), .movedIn, at: 1000)
        #expect(book.takeReady().map(\.sidecar?.ctimeNs) == [5])
        see(sidecar: sidecar("t", inode: 9, ctimeNs: 1000), at: 2000)
        see(arrival("t", inode: 3), .movedIn, at: 2000)
        book.finish(arrival("t"), nowNs: 2000)
        #expect(book.takeReady().map(\.sidecar?.ctimeNs) == [1000], "another one is as new as it is")
    }

    @Test mutating func aSidecarInSmallLettersGoesBeforeOneInOthers() {
        let upper = arrival("t.META.YAML", inode: 9, ctimeNs: 3)
        let exact = sidecar("t")
        for found in [[upper, exact], [exact, upper]] {
            book.observe(Scan(arrivals: [arrival("t")], sidecars: found), nowNs: 0)
            book.observe(Scan(arrivals: [arrival("t")], sidecars: found), nowNs: 3000)
            let ready = book.takeReady()
            #expect(ready.map(\.sidecar) == [exact])
            for taken in ready { book.giveBack(taken.arrival, nowNs: 3000) }
        }
        book.observe(Scan(arrivals: [arrival("t")], sidecars: [upper]), nowNs: 6000)
        #expect(book.takeReady().map(\.sidecar) == [upper], "the other one was removed")
    }

    @Test mutating func serialsTellWhenEverythingThatLayThereIsGone() {
        see(arrival("a"), .movedIn, at: 0)
        see(arrival("b", inode: 2), at: 0)
        let serial = book.lastSerial
        let first = book.takeReady()[0].arrival
        see(arrival("c", inode: 3), at: 1)
        #expect(!book.isClear(through: serial))
        book.finish(first, nowNs: 0)
        // It changes, and stays the same file.
        see(arrival("b", inode: 2, size: 99), at: 2)
        #expect(!book.isClear(through: serial))
        // Another file takes its name.
        see(arrival("b", inode: 4), at: 3)
        #expect(book.isClear(through: serial))
        #expect(!book.isClear(through: book.lastSerial))
    }

    @Test mutating func whateverHappensAFileIsInOnePlace() {
        for seed in UInt64(1)...40 {
            var generator = SeededGenerator(seed: seed)
            book = SettleBook(settleTimeNs: 50)
            var held: [Arrival] = []
            for step in 0..<400 {
                let nowNs = UInt64(step) * 10
                let name = "f\(Int.random(in: 0..<4, using: &generator))"
                let seen = arrival(name, inode: .random(in: 1...2, using: &generator), ctimeNs: Int64(step / 20))
                switch Int.random(in: 0..<7, using: &generator) {
                case 0: see(seen, .movedIn, at: nowNs)
                case 1: see(seen, .closed, at: nowNs)
                case 2: book.observe(.nothing, at: seen.path, because: .looked, nowNs: nowNs)
                case 3: book.observe(Scan(arrivals: [seen]), nowNs: nowNs)
                case 4: held.popLast().map { book.finish($0, nowNs: nowNs) }
                case 5: held.popLast().map { book.putBack($0, nowNs: nowNs) }
                default: for path in book.due(nowNs: nowNs) where path == seen.path { see(seen, at: nowNs) }
                }
                held += book.takeReady(atMost: 1).map(\.arrival)
                #expect(Set(held.map(\.path)).count == held.count, "handed out twice: seed \(seed), step \(step)")
                #expect(book.pendingCount >= held.count, "seed \(seed), step \(step)")
            }
        }
    }
}

extension FileStatus {
    /// A file of ten bytes.
    static var sample: FileStatus {
        var status = FileStatus(.init())
        status.kind = .file
        status.identity = FileIdentity(device: 1, inode: 1)
        status.size = 10
        return status
    }
}
