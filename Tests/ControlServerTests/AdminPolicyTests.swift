import ControlServer
import Testing

@Suite struct AdminPolicyTests {
    private let policy = AdminPolicy(daemonUser: 500, adminGroup: 70)

    @Test(arguments: [
        (Peer(uid: 0, gid: 0), true), (Peer(uid: 500, gid: 1), true), (Peer(uid: 501, gid: 70), true),
        (Peer(uid: 501, gid: 1, groups: [2, 70]), true), (Peer(uid: 501, gid: 1, groups: [2, 71]), false),
        (Peer(uid: 501, gid: 500), false), (Peer(uid: 70, gid: 1), false),
    ])
    func rootTheDaemonAndTheGroup(peer: Peer, may: Bool) { #expect(policy.permits(peer) == may) }

    @Test func withoutAGroupNobodyElse() {
        let policy = AdminPolicy(daemonUser: 500, adminGroup: nil)
        #expect(!policy.permits(Peer(uid: 501, gid: 0, groups: [0])))
        #expect(policy.permits(Peer(uid: 500, gid: 501)))
    }
}
