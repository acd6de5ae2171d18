/// The names that a file may get in a directory: the first is the one that is wanted, the others are numbered from 2.
struct NumberedNames {
    /// The name with a number, which stands in it from 2 on.
    let name: (Int) -> [UInt8]
    /// How often a name that was found free may be taken by somebody before it is used.
    private static let mostAttempts = 100
    /// No directory has as many entries.
    private static let mostNumber = 1 << 40

    /// Uses the first of the names that is free, or nearly the first: there may be gaps before it.
    ///
    /// However many stand there, a few dozen looks find one.
    ///
    /// - Parameters:
    ///   - directory: Where they stand.
    ///   - use: What is done with a name; it answers `taken` where something stands there.
    /// - Returns: How it ended, and the name.
    /// - Throws: ``InboxError/namesExhausted(path:)``, and what `use` throws.
    func use(
        in directory: Descriptor, _ use: ([UInt8]) throws(InboxError) -> Descriptor.Movement
    ) throws(InboxError) -> (movement: Descriptor.Movement, name: [UInt8]) {
        var number = 1
        for _ in 0..<Self.mostAttempts {
            let candidate = name(number)
            let movement = try use(candidate)
            if movement != .taken { return (movement, candidate) }
            number = try free(after: number, in: directory)
        }
        throw .namesExhausted(path: directory.place(of: name(1)))
    }

    /// A number whose name is free, the one before it being taken: doubling until one is free, then halving between.
    private func free(after number: Int, in directory: Descriptor) throws(InboxError) -> Int {
        var taken = number
        var step = 1
        while try directory.status(ofName: name(taken + step)) != nil {
            taken += step
            step *= 2
            guard step < Self.mostNumber else { throw .namesExhausted(path: directory.place(of: name(1))) }
        }
        var free = taken + step
        while free - taken > 1 {
            let middle = taken + (free - taken) / 2
            if try directory.status(ofName: name(middle)) == nil { free = middle } else { taken = middle }
        }
        return free
    }

    /// Those of the names that stand in the directory and whose files are wanted, in byte order.
    func standing(
        in directory: Descriptor, where isWanted: (FileStatus) -> Bool
    ) throws(InboxError) -> [[UInt8]] {
        var standing: [[UInt8]] = []
        for candidate in try directory.names() where includes(candidate) {
            if let status = try directory.status(ofName: candidate), isWanted(status) { standing.append(candidate) }
        }
        return standing
    }

    /// Whether a name is one of them: the first, or the one with a number that stands in it.
    ///
    /// A name that only looks like one is another file's, perhaps of the same content.
    func includes(_ candidate: [UInt8]) -> Bool {
        if candidate == name(1) { return true }
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return candidate.split(whereSeparator: { !digits.contains($0) }).contains { run in
            guard let number = Int(String(decoding: run, as: UTF8.self)), (2..<Self.mostNumber).contains(number) else {
                return false
            }
            return candidate == name(number)
        }
    }
}

extension NumberedNames {
    /// A name that was taken from somebody, and that is taken again by now.
    static func returned(_ name: [UInt8]) -> NumberedNames {
        NumberedNames { number in
            guard number > 1 else { return name }
            let prefix = Array((number == 2 ? "returned-" : "returned-\(number - 1)-").utf8)
            return prefix + DropName.shortened(name, toBytes: DropName.maximumBytes - prefix.count)
        }
    }
}
