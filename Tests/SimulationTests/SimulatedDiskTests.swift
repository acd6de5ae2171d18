import Glibc
import StableStorage
import Testing

@testable import Simulation

@Suite struct SimulatedDiskTests {
    private func write(_ bytes: [UInt8], to file: any File, at offset: Int = 0) throws {
        try bytes.withUnsafeBytes { try file.write([$0], at: offset) }
    }

    @Test func aSyncedFileWithoutASyncedNameMayBeGone() throws {
        var found: Set<[String]> = []
        for seed in 0..<40 as Range<UInt64> {
            let disk = SimulatedDisk(seed: seed)
            let file = try disk.root.open("a", mode: .create)
            try write([1], to: file)
            try file.sync()
            disk.restart()
            found.insert(disk.fileNames)
            if !disk.fileNames.isEmpty { #expect(disk["a"] == [1]) }
        }
        #expect(found == [[], ["a"]])
    }

    @Test func changesOfNamesSurviveInAnySubset() throws {
        var found: Set<[String: [UInt8]]> = []
        for seed in 0..<200 as Range<UInt64> {
            let disk = SimulatedDisk(seed: seed)
            disk["a"] = [1]
            disk["b"] = [2]
            let directory = disk.root
            try directory.rename("a", to: "c")
            try directory.remove("b")
            disk.restart()
            found.insert(disk.files)
        }
        #expect(found == [["a": [1], "b": [2]], ["c": [1], "b": [2]], ["a": [1]], ["c": [1]]])
    }

    @Test func aSyncedDirectoryKeepsItsNames() throws {
        let disk = SimulatedDisk()
        disk["a"] = [1]
        let directory = disk.root
        try directory.rename("a", to: "b")
        let child = try directory.subdirectory("child", create: true)
        _ = try child.open("x", mode: .create)
        try directory.sync()
        disk.restart(keeping: .nothing)
        #expect(disk.fileNames == ["b", "child"] && disk["b"] == [1])
        #expect(try disk.root.subdirectory("child", create: false).list() == [])
    }

    @Test func whatWasOpenBeforeACrashIsDead() throws {
        let disk = SimulatedDisk()
        let directory = disk.root
        let file = try directory.open("a", mode: .create)
        try write([1], to: file)
        disk.kill()
        #expect(throws: StorageError(.write, path: "/disk/a", offset: 0, code: EIO)) { try write([2], to: file) }
        #expect(throws: StorageError(.list, path: "/disk", code: EIO)) { try directory.list() }
        #expect(disk["a"] == [1] && disk.isDirty)
        disk.restart(keeping: .everything)
        #expect(disk["a"] == [1] && !disk.isDirty)
    }

    @Test func thePlanFailsOperationsByNumber() throws {
        let disk = SimulatedDisk()
        disk.record()
        disk.setPlan { $0.number == 1 ? .failure(ENOSPC) : $0.number == 3 ? .powerCut : nil }
        let file = try disk.root.open("a", mode: .create)
        #expect(throws: StorageError(.sync, path: "/disk/a", code: ENOSPC)) { try file.sync() }
        try file.sync()
        #expect(throws: StorageError(.sync, path: "/disk", code: EIO)) { try disk.root.sync() }
        #expect(disk.isOff)
        #expect(throws: StorageError.self) { try disk.root.list() }
        disk.restart(keeping: .nothing)
        #expect(disk.fileNames == [] && !disk.isOff)
        #expect(disk.records.map(\.kind) == [.create, .sync, .sync, .sync])
        #expect(disk.records.map(\.isOfDirectory) == [true, false, false, true])
        #expect(disk.records.map(\.fault) == [nil, .failure(ENOSPC), nil, .powerCut])
    }

    @Test func aFailedWriteHasArrivedInPart() throws {
        var lengths: Set<Int> = []
        for seed in 0..<60 as Range<UInt64> {
            let disk = SimulatedDisk(seed: seed)
            let file = try disk.root.open("a", mode: .create)
            disk.setPlan { _ in .failure(EIO) }
            #expect(throws: StorageError.self) { try write([1, 2, 3], to: file) }
            let left = try #require(disk["a"])
            #expect([1, 2, 3].starts(with: left))
            lengths.insert(left.count)
        }
        #expect(lengths == [0, 1, 2, 3])
    }

    @Test func aPretendedSyncLosesWhatItPromised() throws {
        let disk = SimulatedDisk()
        disk.setPlan { $0.kind == .sync ? .pretence : nil }
        let file = try disk.root.open("a", mode: .create)
        try write([1], to: file)
        try file.sync()
        try disk.root.sync()
        disk.restart(keeping: .nothing)
        #expect(disk.fileNames == [])
    }

    @Test func aFullDiskRefuses() throws {
        let disk = SimulatedDisk()
        disk.capacityBytes = 1000
        let file = try disk.root.open("a", mode: .create)
        try file.reserve(upTo: 600, zeroedFrom: 0)
        #expect(try disk.root.freeBytes() == 400)
        #expect(throws: StorageError(.allocate, path: "/disk/a", offset: 600, code: ENOSPC)) {
            try file.reserve(upTo: 1001, zeroedFrom: 0)
        }
        #expect(throws: StorageError(.write, path: "/disk/a", offset: 600, code: ENOSPC)) {
            try write([UInt8](repeating: 1, count: 401), to: file, at: 600)
        }
        try write([UInt8](repeating: 1, count: 400), to: file, at: 600)
        try disk.root.remove("a")
        #expect(try disk.root.freeBytes() == 1000 && !(file as? SimulatedFile)!.isLinked())
    }

    @Test func copiesGoTheirOwnWays() throws {
        let disk = SimulatedDisk()
        let file = try disk.root.open("a", mode: .create)
        try write([1], to: file)
        let copy = disk.copy(seed: 9)
        try file.sync()
        try disk.root.sync()
        copy.restart(keeping: .nothing)
        disk.restart(keeping: .nothing)
        #expect(copy.fileNames == [] && disk.files == ["a": [1]])
    }

    @Test func damageIsDurable() throws {
        let disk = SimulatedDisk()
        disk["a"] = [UInt8](repeating: 0, count: 2000)
        #expect(disk.flipBit(3, of: "a", at: 1500) && disk["a"]?[1500] == 8)
        #expect(!disk.flipBit(3, of: "a", at: 2000) && !disk.flipBit(3, of: "b", at: 0))
        #expect(disk.ruinSector(of: "a", at: 600))
        let file = try disk.root.open("a", mode: .read)
        var space = [UInt8](repeating: 0, count: 2000)
        #expect(throws: StorageError(.read, path: "/disk/a", offset: 512, code: EIO)) {
            _ = try space.withUnsafeMutableBytes {
                try file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[..<10]), at: 512)
            }
        }
        #expect(try space.withUnsafeMutableBytes { try file.read(into: $0, at: 1024) } == 976)
        #expect(disk.cutFile("a", to: 100) && disk["a"]?.count == 100)
        disk.restart()
        #expect(disk["a"]?.count == 100)
    }

    @Test func theSameSeedGivesTheSameDisk() throws {
        func run(_ seed: UInt64) throws -> [String: [UInt8]] {
            let disk = SimulatedDisk(seed: seed)
            for name in ["a", "b", "c", "d"] {
                let file = try disk.root.open(name, mode: .create)
                for sector in 0..<8 { try write([UInt8(sector + 1)], to: file, at: sector * 512) }
            }
            disk.restart()
            return disk.files
        }
        #expect(try run(5) == run(5) && run(5) != run(6))
    }
}
