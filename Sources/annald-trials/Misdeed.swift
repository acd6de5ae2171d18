import Glibc

/// What a reader does that it should not.
enum Misdeed: String, CaseIterable {
    /// An index out of range, which can't be caught.
    case trap
    /// Never comes to an end.
    case loop
    /// Takes memory and uses it, without end.
    case memory
    /// Opens a file of the system.
    case open
    /// Connects to somebody.
    case connect
    /// Starts a process.
    case fork
    /// Runs another program in its place.
    case execute
    /// Looks whether it could signal another process.
    case kill
    /// Has the kernel signal its parent when something happens at its socket.
    case own
    /// Signals a thread of its parent, in the way in which abort(3) signals its own.
    case aim
    /// Takes memory that counts as nobody's.
    case share
    /// Ends, as if all were well.
    case leave

    /// The first that the file asks for.
    init?(askedForIn bytes: [UInt8]) {
        let text = String(decoding: bytes.prefix(4096), as: UTF8.self)
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(Self.prefix) }) else { return nil }
        self.init(rawValue: String(line.dropFirst(Self.prefix.count)))
    }

    private static let prefix = "# trial: "

    func commit() {
        switch self {
        case .trap: print([0][Int(getpid())])
        case .loop: while getpid() > 0 {}
        case .memory:
            var held: [[UInt8]] = []
            while getpid() > 0 { held.append([UInt8](repeating: 1, count: 1 << 20)) }
            print(held.count)
        case .open: _ = Glibc.open("/etc/passwd", O_RDONLY)
        case .connect: _ = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        case .fork: _ = Self.call("fork")
        case .execute: execv("/bin/true", [nil])
        case .kill: Glibc.kill(1, 0)
        case .own: _ = fcntl(3, F_SETOWN, 1)
        case .aim: Self.signalThread(1, of: 1)
        case .share: _ = mmap(nil, 1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)
        case .leave: exit(0)
        }
    }

    /// tgkill(2), which Swift's view of the C library leaves out.
    private static func signalThread(_ thread: Int32, of process: Int32) {
        guard let symbol = dlsym(nil, "tgkill") else { return }
        _ = unsafeBitCast(symbol, to: (@convention(c) (Int32, Int32, Int32) -> Int32).self)(process, thread, 0)
    }

    /// Calls a function of the C library that Swift refuses to import.
    private static func call(_ name: String) -> Int32 {
        guard let symbol = dlsym(nil, name) else { return -1 }
        return unsafeBitCast(symbol, to: (@convention(c) () -> Int32).self)()
    }
}
