import Annals
import Archive
import RecordLog
import Simulation
import Synchronization

/// A machine with a disk, on which the archive is opened again and again.
struct Station: Sendable {
    let disk: SimulatedDisk
    let clock: SimulatedClock
    /// What was filed away beside the log.
    let copies: FiledCopies
    private let salts: SharedRandomness
    private let segmentBytes: Int
    private let stepBytes: Int

    /// - Parameters:
    ///   - disk: With whatever is on it.
    ///   - clock: Its own.
    ///   - copies: Its own, too.
    ///   - seed: Of salts.
    ///   - segmentBytes: When segments are followed by the next.
    ///   - stepBytes: How much room is allocated ahead, at least and at most.
    init(
        disk: SimulatedDisk, clock: SimulatedClock, copies: FiledCopies = FiledCopies(), seed: UInt64,
        segmentBytes: Int, stepBytes: Int
    ) {
        self.disk = disk
        self.clock = clock
        self.copies = copies
        salts = SharedRandomness(seed: seed)
        self.segmentBytes = segmentBytes
        self.stepBytes = stepBytes
    }

    /// The same machine with another disk.
    func with(_ disk: SimulatedDisk, seed: UInt64) -> Station {
        Station(
            disk: disk, clock: clock, copies: copies, seed: seed, segmentBytes: segmentBytes, stepBytes: stepBytes)
    }

    /// What a running daemon has.
    struct Opened {
        let log: SegmentedLog
        let archive: Archive
    }

    func open(access: SegmentedLog.Access = .readWrite) throws(ArchiveError) -> Opened {
        var options = LogOptions()
        options.segmentBytes = segmentBytes
        options.smallestStepBytes = stepBytes
        options.largestStepBytes = stepBytes
        let (clock, salts) = (clock, salts)
        options.now = { clock.now() }
        options.random = { salts.next() }
        let log: SegmentedLog
        do { log = try SegmentedLog(directory: disk.root, options: options, access: access) } catch {
            throw .log(error)
        }
        var limits = ArchiveOptions()
        limits.cacheBytes = 1 << 20
        let archive = try Archive(log: log, options: limits, secondCopies: copies) {
            Instant(microseconds: clock.now())
        }
        return Opened(log: log, archive: archive)
    }
}
