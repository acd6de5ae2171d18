import Simulation

/// What happens to the files of a log while nobody looks.
struct Injury: Hashable, Sendable, CustomStringConvertible {
    enum Kind: Hashable, Sendable {
        case flippedBit(Int)
        /// So many bytes from there on, to the end of a sector.
        case zeroed(Int)
        case overwritten(Int)
        /// The sector gives an error when it is read.
        case unreadable
        case cut
        case removed
        /// Another segment's content under this name.
        case replaced(by: String)
    }

    var file: String
    var offset: Int
    var kind: Kind

    var description: String { "\(file) at \(offset): \(kind)" }

    /// Draws one for a file of the log.
    ///
    /// - Parameters:
    ///   - disk: With the log.
    ///   - randomness: Decides.
    /// - Returns: Nil where there is nothing to injure.
    static func draw(on disk: SimulatedDisk, _ randomness: inout SeededRandomness) -> Injury? {
        let names = disk.fileNames.filter { $0.hasSuffix(".seg") || $0.hasSuffix(".idx") }
        guard !names.isEmpty else { return nil }
        let name = names[randomness.below(names.count)]
        let size = disk[name]?.count ?? 0
        guard size > 0 else { return Injury(file: name, offset: 0, kind: .removed) }
        // Most of a small segment is its header blocks, and most of these is reserved.
        let headerBytes = name.hasSuffix(".seg") ? 8192 : 0
        let isBehind = size > headerBytes && !randomness.once(in: 5)
        let offset = isBehind ? headerBytes + randomness.below(size - headerBytes) : randomness.below(size)
        let sectors = 1 + randomness.below(3)
        switch randomness.below(16) {
        case 0...6: return Injury(file: name, offset: offset, kind: .flippedBit(randomness.below(8)))
        case 7, 8: return Injury(file: name, offset: offset / 512 * 512, kind: .zeroed(sectors * 512))
        case 9, 10: return Injury(file: name, offset: offset / 512 * 512, kind: .overwritten(sectors * 512))
        case 11, 12: return Injury(file: name, offset: offset, kind: .unreadable)
        case 13: return Injury(file: name, offset: offset, kind: .cut)
        case 14: return Injury(file: name, offset: 0, kind: .removed)
        default:
            let other = names[randomness.below(names.count)]
            return Injury(file: name, offset: 0, kind: other == name ? .removed : .replaced(by: other))
        }
    }

    /// Whether a segment and its own index are both among them.
    static func hitBothCopies(_ injuries: [Injury]) -> Bool {
        let files = Set(injuries.map(\.file))
        return files.contains { $0.hasSuffix(".seg") && files.contains($0.dropLast(3) + "idx") }
    }

    /// Does it.
    func inflict(on disk: SimulatedDisk, _ randomness: inout SeededRandomness) {
        let size = disk[file]?.count ?? 0
        switch kind {
        case .flippedBit(let bit): disk.flipBit(bit, of: file, at: offset)
        case .zeroed(let count):
            disk.spoil(file, offset..<min(size, offset + count)) { bytes in
                for index in bytes.indices { bytes[index] = 0 }
            }
        case .overwritten(let count):
            var noise = randomness.split()
            disk.spoil(file, offset..<min(size, offset + count)) { bytes in
                for index in bytes.indices { bytes[index] = UInt8(truncatingIfNeeded: noise.next()) }
            }
        case .unreadable: disk.ruinSector(of: file, at: offset)
        case .cut: disk.cutFile(file, to: offset)
        case .removed: disk[file] = nil
        case .replaced(let other): disk[file] = disk[other]
        }
    }
}
