import Archive
import RecordLog
import Simulation

/// A small log that was closed in order: every bit of it is turned around, and every file is cut at every byte.
package struct EveryByte {
    /// What happens to the byte.
    package enum Event: Hashable, Sendable, CaseIterable {
        case flippedBit, cutFile
    }

    private let scenario: Scenario
    private var randomness: SeededRandomness
    /// How many injuries were tried.
    package private(set) var injuries = 0
    /// How many of them were repaired as well, where not all are.
    package private(set) var repairs = 0

    /// Makes the log.
    ///
    /// - Parameter seed: Of what is in it.
    /// - Throws: What doesn't hold while it is made.
    package init(seed: UInt64) throws(Violation) {
        randomness = SeededRandomness(seed: seed)
        let station = Station(
            disk: SimulatedDisk(seed: randomness.next()), clock: SimulatedClock(), seed: randomness.next(),
            segmentBytes: 9000, stepBytes: 256)
        var scenario = Scenario(on: station, maker: DropMaker(largestSourceBytes: 200))
        try scenario.open()
        while scenario.disk.usedBytes < 20_000 { try scenario.commit(&randomness) }
        try scenario.close()
        scenario.disk.restart(keeping: .nothing)
        self.scenario = scenario
    }

    /// The files of the log, with their sizes in bytes.
    package var sizes: [String: Int] { scenario.disk.files.mapValues(\.count) }

    /// Injures every byte of every file, each time on a fresh copy.
    ///
    /// - Parameters:
    ///   - event: What is done to the byte; to each of its bits where it is flipped.
    ///   - step: How far apart the bytes are.
    ///   - repairStep: How far apart those injuries are that are repaired as well, not only looked at; 0 for none.
    /// - Throws: What doesn't hold, with the injury.
    package mutating func run(_ event: Event, step: Int = 1, repairStep: Int = 16) throws(Violation) {
        for (name, size) in sizes.sorted(by: { $0.key < $1.key }) {
            for offset in stride(from: 0, to: size, by: step) {
                switch event {
                case .cutFile: try suffer(Injury(file: name, offset: offset, kind: .cut), repairStep: repairStep)
                case .flippedBit:
                    for bit in 0..<8 {
                        try suffer(
                            Injury(file: name, offset: offset, kind: .flippedBit(bit)), repairStep: repairStep)
                    }
                }
            }
        }
    }

    private mutating func suffer(_ injury: Injury, repairStep: Int) throws(Violation) {
        injuries += 1
        var world = scenario.branch(seed: UInt64(injuries))
        injury.inflict(on: world.disk, &randomness)
        if repairStep > 0, injuries % repairStep == 0 {
            repairs += 1
            _ = try world.heal([injury], isCertain: true, &randomness)
        } else {
            try world.look(injury, &randomness)
        }
    }
}
