import Foundation
import Glibc

/// A file system of 32 MB at a workplace's state directory: ext4 on a loop device, so that it fills up and fails as a disk
/// does.
struct SmallFileSystem: Sendable {
    /// What the kernel makes of a failure in the file system: nil for one that can't be made to fail.
    let device: String?
    private let state: String
    private let image: String

    static let bytes = 32 << 20

    /// What takes up room in it.
    var ballast: String { state + "/ballast" }

    /// Mounts one at the state directory, runs the body, and unmounts it; says so and does nothing where that can't be.
    ///
    /// - Parameters:
    ///   - place: Its state directory is made, and empty.
    ///   - needsDevice: Whether a file system in memory, where no loop device is to be had, won't do.
    ///   - body: What to do while it is there.
    /// - Throws: What the body throws.
    static func with(
        at place: Workplace, needsDevice: Bool = false, _ body: (SmallFileSystem) async throws -> Void
    ) async throws {
        try Files.makeDirectory(place.state)
        guard let system = try await mounted(at: place, needsDevice: needsDevice) else { return }
        let outcome = await Result { try await body(system) }
        let unmounted = try await Answer.of("umount", ["-l", place.state])
        if unmounted.code != 0 { print("\(place.state) stays mounted: \(unmounted.errors)") }
        try outcome.get()
    }

    private static func mounted(at place: Workplace, needsDevice: Bool) async throws -> SmallFileSystem? {
        let image = place.root + "/disk.img"
        try Files.write("", to: image)
        try SystemError.check("truncate", truncate(image, off_t(bytes)))
        let make = try await answer("mkfs.ext4", "-q", "-F", image)
        let mount = try await answer("mount", "-o", "loop,errors=remount-ro", image, place.state)
        if make.code == 0, mount.code == 0 {
            let device = try await answer("findmnt", "-n", "-o", "SOURCE", place.state)
            let name = device.output.split(separator: "/").last.map {
                $0.trimmingCharacters(in: .whitespacesAndNewlines)
            }
            return SmallFileSystem(device: name, state: place.state, image: image)
        }
        print("No file system on a loop device here: \(make.errors)\(mount.errors)")
        guard !needsDevice else {
            print("Skipped.")
            return nil
        }
        let memory = try await answer("mount", "-t", "tmpfs", "-o", "size=\(bytes)", "tmpfs", place.state)
        guard memory.code == 0 else {
            print("Skipped: nor one in memory: \(memory.errors)")
            return nil
        }
        return SmallFileSystem(device: nil, state: place.state, image: image)
    }

    /// A program that isn't there answers no like one that can't.
    private static func answer(_ program: String, _ arguments: String...) async throws -> Answer {
        do {
            return try await Answer.of(program, arguments)
        } catch {
            return Answer(code: 127, output: "", errors: "\(program): \(error)")
        }
    }

    /// Takes all the room that there is but for so much.
    func fill(leaving bytes: Int) throws {
        var facts = statvfs()
        try SystemError.check("statvfs", statvfs(state, &facts))
        let file = try Files.open(Array(ballast.utf8), O_WRONLY | O_CREAT | O_APPEND)
        defer { close(file) }
        try Files.append([UInt8](repeating: 7, count: max(0, Int(facts.f_bavail * facts.f_frsize) - bytes)), to: file)
    }

    /// Takes all the room that there is.
    func fill() {
        // A full disk is what this makes; a failure is the goal.
        guard let file = try? Files.open(Array(ballast.utf8), O_WRONLY | O_CREAT | O_APPEND) else { return }
        // Ends with the error that was wanted: no space left.
        while (try? Files.append([UInt8](repeating: 7, count: 1 << 16), to: file)) != nil {}
        // Until not even one byte fits.
        while (try? Files.append([7], to: file)) != nil {}
        close(file)
    }

    /// Gives everything back that ``fill()`` took.
    func makeRoom() throws { try FileManager.default.removeItem(atPath: ballast) }

    /// Mounts it anew, in place; nothing may be open there.
    ///
    /// - Parameter options: `ro`, `rw`.
    /// - Throws: `WaitedInVain` where it can't be.
    func mountAgain(_ options: String) async throws {
        for (program, arguments) in [
            ("umount", [state]), ("mount", ["-o", "loop,errors=remount-ro,\(options)", image, state]),
        ] {
            let answer = try await Answer.of(program, arguments)
            guard answer.code == 0 else { throw WaitedInVain(what: "\(program): \(answer)") }
        }
    }

    /// Has the kernel find an error in it, upon which it turns read-only under whoever has files open there.
    ///
    /// Source: the kernel's Documentation/ABI/testing/sysfs-fs-ext4, `trigger_fs_error`.
    func turnReadOnly() throws {
        try Files.write("a test\n", to: "/sys/fs/ext4/\(device ?? "")/trigger_fs_error")
    }
}

extension Result where Failure == any Error {
    /// The outcome of an asynchronous body.
    init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
