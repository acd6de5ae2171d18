import Glibc
import StableStorage
import Testing

/// What every directory must do, real or simulated.
@Suite struct DirectoryConformance {
    private func expect(
        _ code: Int32, _ operation: StorageOperation, sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () throws -> Void
    ) {
        #expect(sourceLocation: sourceLocation) {
            try body()
        } throws: { error in
            (error as? StorageError).map { $0.code == code && $0.operation == operation } ?? false
        }
    }

    @Test(arguments: StorageKind.allCases)
    func filesAreMadeListedRenamedAndRemoved(kind: StorageKind) throws {
        try kind.withDirectory { open in
            let directory = try open()
            #expect(try directory.list() == [])
            _ = try directory.open("a", mode: .create)
            _ = try directory.open("b", mode: .create)
            #expect(try directory.list().sorted() == ["a", "b"])
            try directory.rename("a", to: "c")
            #expect(try directory.list().sorted() == ["b", "c"])
            try directory.remove("b")
            try directory.sync()
            #expect(try directory.list() == ["c"] && open().list() == ["c"])
        }
    }

    @Test(arguments: StorageKind.allCases)
    func eachRefusalSaysWhy(kind: StorageKind) throws {
        try kind.withDirectory { open in
            let directory = try open()
            _ = try directory.open("a", mode: .create)
            expect(EEXIST, .create) { _ = try directory.open("a", mode: .create) }
            expect(ENOENT, .open) { _ = try directory.open("b", mode: .read) }
            expect(ENOENT, .open) { _ = try directory.open("b", mode: .readWrite) }
            expect(ENOENT, .remove) { try directory.remove("b") }
            expect(ENOENT, .rename) { try directory.rename("b", to: "c") }
            expect(ENOENT, .open) { _ = try directory.subdirectory("b", create: false) }
            expect(ENOTDIR, .open) { _ = try directory.subdirectory("a", create: false) }
            _ = try directory.subdirectory("folder", create: true)
            expect(EINVAL, .open) { _ = try directory.open("folder", mode: .read) }
            #expect(try directory.list().sorted() == ["a", "folder"])
        }
    }

    @Test(arguments: StorageKind.allCases)
    func aRenameReplacesWhatStandsThere(kind: StorageKind) throws {
        try kind.withDirectory { open in
            let directory = try open()
            try write([1], to: directory.open("a", mode: .create), at: 0)
            try write([2, 2], to: directory.open("b", mode: .create), at: 0)
            let replaced = try directory.open("b", mode: .read)
            try directory.rename("a", to: "b")
            #expect(try directory.list() == ["b"])
            #expect(try bytes(of: directory.open("b", mode: .read)) == [1])
            #expect(try bytes(of: replaced) == [2, 2])
            try directory.rename("b", to: "b")
            #expect(try bytes(of: directory.open("b", mode: .read)) == [1])
        }
    }

    @Test(arguments: StorageKind.allCases)
    func aNameIsFreeAgainWhileTheOldFileIsOpen(kind: StorageKind) throws {
        try kind.withDirectory { open in
            let directory = try open()
            let old = try directory.open("a", mode: .create)
            try write([1], to: old, at: 0)
            try directory.remove("a")
            let new = try directory.open("a", mode: .create)
            try write([2], to: new, at: 0)
            try write([3], to: old, at: 1)
            try old.sync()
            #expect(try bytes(of: old) == [1, 3] && bytes(of: new) == [2])
            #expect(try bytes(of: open().open("a", mode: .read)) == [2])
        }
    }

    @Test(arguments: StorageKind.allCases)
    func directoriesHaveNamesOfTheirOwn(kind: StorageKind) throws {
        try kind.withDirectory { open in
            let directory = try open()
            let child = try directory.subdirectory("log", create: true)
            _ = try child.open("x", mode: .create)
            #expect(try directory.list() == ["log"])
            #expect(try directory.subdirectory("log", create: true).list() == ["x"])
            #expect(try open().subdirectory("log", create: false).list() == ["x"])
            #expect(child.path == directory.path + "/log")
            #expect(try directory.freeBytes() > 0)
        }
    }
}

/// All bytes of a file.
func bytes(of file: any File) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0xee, count: try file.size())
    let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 0) }
    #expect(count == bytes.count)
    return bytes
}

/// Writes the bytes as one piece.
func write(_ bytes: [UInt8], to file: any File, at offset: Int) throws {
    try bytes.withUnsafeBytes { try file.write([$0], at: offset) }
}
