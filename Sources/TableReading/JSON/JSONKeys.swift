/// Finds a key that an object has twice.
///
/// Objects of a few keys, of which a file has millions, are compared pair by pair; others by a table that is kept for the
/// next one. Keys are compared as the texts they mean: `"a"` and `"\u0061"` are one.
struct JSONKeys {
    /// Pairs of so many keys are quicker compared than hashed.
    private static let fewKeys = 12

    private var places: [Int] = []
    /// *Shape:* a power of two; 1 + the number of a key, 0 where the slot is free.
    private var slots: [UInt32] = []

    /// Looks for two equal keys.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - tape: Of the text as far as the end of the object.
    ///   - start: The place of its first key.
    ///   - hasEscapes: Whether any key of the text is written with escapes.
    /// - Returns: The place on the tape of the second of two equal keys; nil where all differ.
    mutating func repeated(
        in bytes: UnsafeBufferPointer<UInt8>, tape: [UInt32], from start: Int, hasEscapes: Bool
    ) -> Int? {
        places.removeAll(keepingCapacity: true)
        var place = start
        while place < tape.count {
            places.append(place)
            place = JSONDocument.next(after: place + 1, bytes, tape)
        }
        guard places.count > 1 else { return nil }
        if hasEscapes { return repeatedText(bytes, tape) }
        return places.count <= Self.fewKeys ? repeatedPair(bytes, tape) : repeatedHash(bytes, tape)
    }

    private func repeatedPair(_ bytes: UnsafeBufferPointer<UInt8>, _ tape: [UInt32]) -> Int? {
        for later in 1..<places.count {
            for earlier in 0..<later where Self.areEqual(Int(tape[places[earlier]]), Int(tape[places[later]]), bytes) {
                return places[later]
            }
        }
        return nil
    }

    /// Whether two keys without escapes are the same bytes up to their closing quotes.
    @inline(__always)
    private static func areEqual(_ first: Int, _ second: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var (first, second) = (first + 1, second + 1)
        // Bounds: every key of the tape ends with a quote.
        while bytes[first] == bytes[second] {
            if bytes[first] == 0x22 { return true }
            first += 1
            second += 1
        }
        return false
    }

    private mutating func repeatedHash(_ bytes: UnsafeBufferPointer<UInt8>, _ tape: [UInt32]) -> Int? {
        var size = 32
        while size < places.count * 2 { size *= 2 }
        slots.removeAll(keepingCapacity: true)
        slots.append(contentsOf: repeatElement(0, count: size))
        for (number, place) in places.enumerated() {
            let offset = Int(tape[place])
            let content = JSONText.content(bytes, at: offset)
            var hasher = Hasher()
            hasher.combine(bytes: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[content])))
            var slot = hasher.finalize() & (size - 1)
            while slots[slot] != 0 {
                let other = Int(tape[places[Int(slots[slot]) - 1]])
                if Self.areEqual(other, offset, bytes) { return place }
                slot = (slot + 1) & (size - 1)
            }
            slots[slot] = UInt32(truncatingIfNeeded: number + 1)
        }
        return nil
    }

    /// The same of keys that may have escapes, by what they mean; only the bytes count, not whether letters are composed.
    private func repeatedText(_ bytes: UnsafeBufferPointer<UInt8>, _ tape: [UInt32]) -> Int? {
        var known = Set<[UInt8]>()
        return places.first { !known.insert(JSONText.unescaped(bytes, at: Int(tape[$0]))).inserted }
    }
}
