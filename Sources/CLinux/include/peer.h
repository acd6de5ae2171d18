#pragma once

#include <sys/socket.h>
#include <sys/types.h>

/// Most groups that are asked for; more than Debian's NSS hands out to a session in practice.
#define ANNAL_PEER_GROUPS_MAXIMUM 256

/// What `SO_PEERCRED` answers: who connected, as of the moment of `connect`. Same layout as `struct ucred` (unix(7)),
/// which glibc declares only under `_GNU_SOURCE`.
struct annal_peer_credentials {
    pid_t pid;
    uid_t uid;
    gid_t gid;
};

/// What `SO_PEERGROUPS` answers: the supplementary groups. Entries past the kernel's answer stay as they were.
struct annal_peer_groups {
    gid_t gid[ANNAL_PEER_GROUPS_MAXIMUM];
};

/// Option names, which the C library has as macros and, the second, not on every version.
enum {
    ANNAL_SO_PEERCRED = SO_PEERCRED,
#ifdef SO_PEERGROUPS
    ANNAL_SO_PEERGROUPS = SO_PEERGROUPS,
#else
    ANNAL_SO_PEERGROUPS = 59,
#endif
};
