package import Glibc

/// Who stands at the other end of a connection, as the kernel says.
package struct Peer: Hashable, Sendable {
    package var uid: uid_t
    package var gid: gid_t
    package var groups: [gid_t]

    package init(uid: uid_t, gid: gid_t, groups: [gid_t] = []) {
        self.uid = uid
        self.gid = gid
        self.groups = groups
    }
}

/// Who may change something: root, the daemon's own user, and the members of one group.
///
/// Reading is for whoever may open the socket.
package struct AdminPolicy: Hashable, Sendable {
    package var daemonUser: uid_t
    package var adminGroup: gid_t?

    package init(daemonUser: uid_t, adminGroup: gid_t?) {
        self.daemonUser = daemonUser
        self.adminGroup = adminGroup
    }

    /// Whether a peer may change something.
    package func permits(_ peer: Peer) -> Bool {
        if peer.uid == 0 || peer.uid == daemonUser { return true }
        guard let adminGroup else { return false }
        return peer.gid == adminGroup || peer.groups.contains(adminGroup)
    }
}
