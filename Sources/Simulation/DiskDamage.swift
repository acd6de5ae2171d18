import Synchronization

// What time, cosmic rays and people do to a disk. All of it is durable at once.
extension SimulatedDisk {
    /// Turns one bit of a file in the root around.
    ///
    /// - Returns: False where the file or the byte isn't there.
    @discardableResult
    package func flipBit(_ bit: Int, of name: String, at offset: Int) -> Bool {
        spoil(name, offset..<offset + 1) { $0[$0.startIndex] ^= 1 << UInt8(bit & 7) }
    }

    /// Changes bytes of a file in the root.
    ///
    /// - Returns: False where they aren't all there.
    @discardableResult
    package func spoil(_ name: String, _ range: Range<Int>, _ change: (inout ArraySlice<UInt8>) -> Void) -> Bool {
        withContent(of: name) { content in
            guard range.lowerBound >= 0, range.upperBound <= content.visible.count, !range.isEmpty else { return false }
            content.spoil(range, change)
            return true
        }
    }

    /// Makes the sector at a place unreadable until it is written anew.
    ///
    /// - Returns: False where the file or the place isn't there.
    @discardableResult
    package func ruinSector(of name: String, at offset: Int) -> Bool {
        withContent(of: name) { content in
            guard offset < content.visible.count else { return false }
            content.ruin(sectorAt: offset)
            return true
        }
    }

    /// Cuts a file in the root.
    ///
    /// - Returns: False where it isn't there, or isn't longer.
    @discardableResult
    package func cutFile(_ name: String, to size: Int) -> Bool {
        withContent(of: name) { content in
            guard size < content.visible.count else { return false }
            content = SimulatedContent(durable: Array(content.visible[..<size]))
            return true
        }
    }

    private func withContent(of name: String, _ body: (inout SimulatedContent) -> Bool) -> Bool {
        state.withLock { state in
            guard case .file(let file)? = state.names[DiskState.root]?[name], var content = state.contents[file] else {
                return false
            }
            let isDone = body(&content)
            state.contents[file] = content
            return isDone
        }
    }
}
