#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Most descriptors that one message carries.
#define ANNAL_MESSAGE_DESCRIPTORS 2

/// Sends one message with descriptors (SCM_RIGHTS) over a SOCK_SEQPACKET socket, all of it or nothing. A peer that is
/// gone is -EPIPE, never a signal; one that has left so many messages unread that no more fit is -EAGAIN. Returns 0 or
/// -errno.
/// Source: sendmsg(2), unix(7).
int annal_send_message(int socket, const void *bytes, size_t count, const int *descriptors, size_t descriptor_count);

/// Receives one message. `descriptors` gets those that came, close-on-exec, -1 in the places of others; a message that
/// is longer than `capacity` or brings more descriptors is -EMSGSIZE, and what came with it is closed.
/// Returns the length, 0 where the peer is gone, or -errno.
ssize_t annal_receive_message(int socket, void *bytes, size_t capacity, int descriptors[ANNAL_MESSAGE_DESCRIPTORS]);

/// A connected pair of SOCK_SEQPACKET sockets, close-on-exec. Returns 0 or -errno.
int annal_socket_pair(int sockets[2]);

/// A pipe, close-on-exec, whose reading end never waits. Returns 0 or -errno.
int annal_error_pipe(int ends[2]);

/// A file in memory that may be sealed: memfd_create(2). Returns the descriptor or -errno.
int annal_memory_file(const char *name);

/// Seals a file in memory: nobody changes its size or content any more, through whichever descriptor. 0 or -errno.
int annal_seal(int descriptor);

/// The commands of fcntl(2) that sealing needs. Swift's view of the C library leaves them out.
static const int annal_add_seals_command = 1033;
static const int annal_get_seals_command = 1034;

/// Whether that has been done, 1 or 0; anything but a file in memory is 0.
int annal_is_sealed(int descriptor);

/// Starts this very program again, as a reader: argument zero and one as given, standard input and output on
/// /dev/null, errors on `errors`, the socket at descriptor 3, nothing else open, no environment, default signals.
/// Returns the process's number or -errno.
/// Source: posix_spawn(3).
pid_t annal_spawn_reader(const char *name, const char *argument, int socket, int errors);

/// Has a system call that seccomp traps written to standard error as `denied system call NUMBER`; the process ends.
/// A crash ends the process at once: the handlers that Swift's runtime has for it would start another program.
/// Returns 0 or -errno.
int annal_report_denied_calls(void);

/// Processor time that a process has used, in nanoseconds; negative errno where that can't be told.
int64_t annal_processor_time(pid_t process);

/// Bounds the processor time that a process may use in all, in seconds from its start: at the first it is asked to end,
/// by SIGXCPU, and at the last killed. Returns 0 or -errno.
int annal_limit_processor_time(pid_t process, uint64_t seconds, uint64_t last_seconds);

/// Never gains privileges from here on, and lets no other process of the same user look into this one. 0 or -errno.
/// Source: prctl(2), PR_SET_NO_NEW_PRIVS, PR_SET_DUMPABLE.
int annal_give_up_privileges(void);

/// Has this process killed when the thread that started it ends. 0 or -errno.
/// Source: prctl(2), PR_SET_PDEATHSIG.
int annal_end_with_parent(void);
