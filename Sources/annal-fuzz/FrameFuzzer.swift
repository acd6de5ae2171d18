import RecordLog
import Simulation
import StableStorage

/// A log of frames that the input names, its files changed where the input says, opened again.
///
/// The input: how many changes; each as file, place (2 bytes) and new byte; then frames, each as kind (its highest bit ends
/// a batch), length and payload. Whatever opens must open again to the same frames.
enum FrameFuzzer {
    static func run(_ bytes: [UInt8]) {
        var input = InputBytes(bytes)
        let changes = (0..<input.byte() % 16).map { _ in (file: input.byte(), place: input.word(), byte: input.byte()) }
        let disk = SimulatedDisk()
        // What a log that is just begun refuses is refused to everybody.
        _ = attempt { () throws(RecordLogError) in
            let log = try SegmentedLog(directory: disk.root, options: options)
            while let batch = batch(&input) { _ = try log.append(batch, expectedHead: nil) }
            try log.close()
        }
        for change in changes { alter(disk, change.file, at: change.place, to: UInt8(change.byte)) }
        guard let before = frames(on: disk) else { return }
        hold(frames(on: disk) == before, "a log opens again to the same frames")
    }

    private static var options: LogOptions {
        var options = LogOptions()
        options.segmentBytes = 10_000
        options.smallestStepBytes = 512
        options.largestStepBytes = 512
        options.now = { 1_700_000_000_000_000 }
        options.random = { 0x5eed }
        return options
    }

    private static func batch(_ input: inout InputBytes) -> [Frame]? {
        var frames: [Frame] = []
        while !input.isAtEnd, frames.count < 64 {
            let kind = input.byte()
            frames.append(Frame(kind: FrameKind(rawValue: UInt8(kind & 0x7f)), payload: input.take(input.byte())))
            if kind & 0x80 != 0 { break }
        }
        return frames.isEmpty ? nil : frames
    }

    private static func alter(_ disk: SimulatedDisk, _ index: Int, at place: Int, to byte: UInt8) {
        let names = disk.fileNames
        guard !names.isEmpty else { return }
        _ = attempt { () throws(StorageError) in
            let file = try disk.root.open(names[index % names.count], mode: .readWrite)
            // The header block is there twice, and mostly zero: past it every byte counts.
            let size = try file.size()
            guard size > 0 else { return }
            if index & 0x80 != 0 { return try file.truncate(to: place % size) }
            var byte = byte
            try withUnsafeBytes(of: &byte) { (piece) throws(StorageError) in try file.write([piece], at: place % size) }
        }
    }

    /// Those of a log that can be read whole; nil of one that can't.
    private static func frames(on disk: SimulatedDisk) -> [StoredFrame]? {
        attempt { () throws(RecordLogError) in
            let log = try SegmentedLog(directory: disk.root, options: options)
            var frames: [StoredFrame] = []
            try log.frames(from: 1) { (frame) throws(RecordLogError) in frames.append(frame) }
            try log.close()
            return frames
        }
    }
}
