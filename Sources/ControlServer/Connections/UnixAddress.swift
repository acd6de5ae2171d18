import Glibc

/// The address of a Unix socket; the library's own takes paths of at most 103 bytes.
///
/// Source: unix(7).
struct UnixAddress {
    /// What fits into an address beside its end, in bytes.
    static let longestPath = 107

    private var address = sockaddr_un()

    /// Nil where the path doesn't fit.
    init?(_ path: String) {
        let bytes = Array(path.utf8)
        guard bytes.count <= Self.longestPath else { return nil }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    }

    /// Lends the address to a system call.
    func withPointer(_ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt) -> CInt {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
