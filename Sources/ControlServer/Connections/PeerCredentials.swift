import CLinux
import ControlAPI
import NIOCore

/// Asks the kernel who connected.
///
/// `SO_PEERCRED` alone has only the primary group. Source: unix(7), socket(7).
enum PeerCredentials {
    static func peer(of channel: any Channel) async throws -> Peer {
        guard let options = channel as? any SocketOptionProvider else {
            throw ControlProblem(.notPermitted, "The connection does not say who made it.")
        }
        let credentials: annal_peer_credentials = try await options.unsafeGetSocketOption(
            level: .socket, name: NIOBSDSocket.Option(rawValue: CInt(ANNAL_SO_PEERCRED))
        ).get()
        let groups: annal_peer_groups = try await options.unsafeGetSocketOption(
            level: .socket, name: NIOBSDSocket.Option(rawValue: CInt(ANNAL_SO_PEERGROUPS))
        ).get()
        return Peer(uid: credentials.uid, gid: credentials.gid, groups: known(groups))
    }

    /// The groups that the kernel wrote; NIO zeroes the rest, so that group 0 can't be told from no group and never counts.
    private static func known(_ groups: annal_peer_groups) -> [gid_t] {
        withUnsafeBytes(of: groups) { bytes in bytes.bindMemory(to: gid_t.self).filter { $0 != 0 } }
    }
}
