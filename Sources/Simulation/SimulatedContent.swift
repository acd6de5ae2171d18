/// The bytes of one file: what the page cache shows, and what the disk may have by sectors of 512 bytes.
///
/// A value without I/O; the rules are those of `docs/faults.md`. A sector that was written since the last sync has a list
/// of all that it has held since then, since the system may have written it back at any moment: the disk has one of these
/// or what it had at the last sync, each sector for itself. The same goes for the file's size.
struct SimulatedContent {
    static let sectorBytes = 512

    /// What reads show.
    private(set) var visible: [UInt8] = []
    /// What is on the disk for certain, where nothing was written since.
    private(set) var durable: [UInt8] = []
    /// By sector, what it has held since the last sync, the last one being what is visible.
    private var versions: [Int: [[UInt8]]] = [:]
    /// The sizes that it has had since the last sync.
    private var sizes: [Int] = []
    /// Sectors that the disk can't read any more.
    private var unreadable: Set<Int> = []

    init() {}

    /// Durable as they are.
    init(durable bytes: [UInt8]) {
        visible = bytes
        durable = bytes
    }

    /// Whether a power cut could take anything away.
    var isDirty: Bool { !versions.isEmpty || !sizes.isEmpty }

    // MARK: What a program does

    /// False where the disk can't read a sector of them.
    func isReadable(_ range: Range<Int>) -> Bool {
        unreadable.isEmpty || !unreadable.contains { Self.range(of: $0).overlaps(range) }
    }

    mutating func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        guard !bytes.isEmpty else { return }
        if visible.count < offset + bytes.count { resize(to: offset + bytes.count) }
        visible.withUnsafeMutableBytes {
            UnsafeMutableRawBufferPointer(rebasing: $0[offset..<offset + bytes.count]).copyMemory(from: bytes)
        }
        for sector in Self.sectors(offset..<offset + bytes.count) {
            note(sector)
            unreadable.remove(sector)
        }
    }

    /// Cuts, or grows with zeros.
    mutating func resize(to size: Int) {
        let old = visible.count
        guard size != old else { return }
        if size < old {
            visible.removeLast(old - size)
            if size % Self.sectorBytes != 0 { note(size / Self.sectorBytes) }
        } else {
            visible.append(contentsOf: repeatElement(0, count: size - old))
            for sector in Self.sectors(old..<size) { note(sector) }
        }
        sizes.append(size)
    }

    /// Everything that was written since the last sync, failed or not, is on the disk; what a failed one forgot isn't.
    mutating func sync() {
        Self.resize(&durable, to: visible.count)
        for sector in versions.keys { copy(sector, from: visible[...]) }
        versions = [:]
        sizes = []
    }

    /// A sync that failed: any of it is on the disk, and everything counts as written from here on.
    mutating func failSync(_ randomness: inout SeededRandomness) {
        survive(.anySubset, &randomness)
    }

    // MARK: What happens to it

    /// The power goes and comes back.
    mutating func cut(keeping survival: Survival, _ randomness: inout SeededRandomness) {
        survive(survival, &randomness)
        visible = durable
    }

    /// What the system keeps in memory and takes for written is read from the disk again.
    mutating func dropCache() {
        let shown = visible
        let size = visible.count
        visible = durable
        Self.resize(&visible, to: size)
        for sector in versions.keys {
            let range = Self.range(of: sector).clamped(to: 0..<size)
            if !range.isEmpty { visible.replaceSubrange(range, with: shown[range]) }
        }
    }

    /// Changes bytes on the disk and in memory alike.
    mutating func spoil(_ range: Range<Int>, _ change: (inout ArraySlice<UInt8>) -> Void) {
        var bytes = visible[range]
        change(&bytes)
        visible.replaceSubrange(range, with: bytes)
        Self.resize(&durable, to: max(durable.count, min(range.upperBound, visible.count)))
        for sector in Self.sectors(range) {
            copy(sector, from: visible[...])
            versions[sector] = nil
        }
    }

    /// Makes a sector unreadable until it is written anew.
    mutating func ruin(sectorAt offset: Int) { unreadable.insert(offset / Self.sectorBytes) }

    // MARK: Sectors

    private mutating func survive(_ survival: Survival, _ randomness: inout SeededRandomness) {
        let choices = [durable.count] + sizes
        Self.resize(&durable, to: choices[survival.choice(of: choices.count, &randomness)])
        // In order, so that a seed means the same in every run.
        for sector in versions.keys.sorted() {
            guard let held = versions[sector] else { continue }
            let choice = survival.choice(of: held.count + 1, &randomness)
            if choice > 0 { copy(sector, held[choice - 1][...]) }
        }
        versions = [:]
        sizes = []
    }

    /// Takes down what a sector holds now, if that is anything new.
    private mutating func note(_ sector: Int) {
        let range = Self.range(of: sector)
        if versions[sector] == nil {
            let isNew =
                range.lowerBound >= durable.count
                ? !Self.isZero(visible[range.clamped(to: 0..<visible.count)])
                : !Self.holdTheSame(visible, durable, range)
            guard isNew else { return }
        }
        var bytes = Array(visible[range.clamped(to: 0..<visible.count)])
        Self.resize(&bytes, to: Self.sectorBytes)
        if versions[sector]?.last != bytes { versions[sector, default: []].append(bytes) }
    }

    private mutating func copy(_ sector: Int, from bytes: ArraySlice<UInt8>) {
        let range = Self.range(of: sector).clamped(to: 0..<min(bytes.endIndex, durable.count))
        if !range.isEmpty { durable.replaceSubrange(range, with: bytes[range]) }
    }

    private mutating func copy(_ sector: Int, _ bytes: ArraySlice<UInt8>) {
        let range = Self.range(of: sector).clamped(to: 0..<durable.count)
        if !range.isEmpty { durable.replaceSubrange(range, with: bytes.prefix(range.count)) }
    }

    private static func sectors(_ range: Range<Int>) -> ClosedRange<Int> {
        range.lowerBound / sectorBytes...max(range.lowerBound, range.upperBound - 1) / sectorBytes
    }

    private static func range(of sector: Int) -> Range<Int> { sector * sectorBytes..<(sector + 1) * sectorBytes }

    private static func resize(_ bytes: inout [UInt8], to size: Int) {
        if size < bytes.count {
            bytes.removeLast(bytes.count - size)
        } else {
            bytes.append(contentsOf: repeatElement(0, count: size - bytes.count))
        }
    }

    private static func isZero(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.allSatisfy { $0 == 0 } }

    /// What lies beyond the end of either is zero.
    private static func holdTheSame(_ one: [UInt8], _ other: [UInt8], _ range: Range<Int>) -> Bool {
        let both = range.clamped(to: 0..<min(one.count, other.count))
        let rest = max(both.upperBound, range.lowerBound)..<range.upperBound
        return one[both].elementsEqual(other[both]) && isZero(one[rest.clamped(to: 0..<one.count)])
            && isZero(other[rest.clamped(to: 0..<other.count)])
    }
}
