#define _GNU_SOURCE
#include "reader.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/// Room for the descriptors of one message, aligned as cmsg(3) wants it.
union control {
    char bytes[CMSG_SPACE(sizeof(int) * ANNAL_MESSAGE_DESCRIPTORS)];
    struct cmsghdr alignment;
};

int annal_send_message(int socket, const void *bytes, size_t count, const int *descriptors, size_t descriptor_count) {
    if (descriptor_count > ANNAL_MESSAGE_DESCRIPTORS) return -EINVAL;
    struct iovec content = {.iov_base = (void *)bytes, .iov_len = count};
    struct msghdr message = {.msg_iov = &content, .msg_iovlen = 1};
    union control control;
    memset(&control, 0, sizeof control);
    if (descriptor_count > 0) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * descriptor_count);
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int) * descriptor_count);
        memcpy(CMSG_DATA(header), descriptors, sizeof(int) * descriptor_count);
    }
    ssize_t sent;
    do sent = sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : 0;
}

/// Takes the descriptors that came with a message; closes those for which there is no place.
static int take_descriptors(struct msghdr *message, int descriptors[ANNAL_MESSAGE_DESCRIPTORS]) {
    size_t taken = 0;
    int excess = 0;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(message); header; header = CMSG_NXTHDR(message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t index = 0; index < count; index++) {
            int descriptor;
            memcpy(&descriptor, CMSG_DATA(header) + index * sizeof(int), sizeof descriptor);
            if (taken < ANNAL_MESSAGE_DESCRIPTORS) {
                descriptors[taken++] = descriptor;
            } else {
                close(descriptor);
                excess = 1;
            }
        }
    }
    return excess;
}

ssize_t annal_receive_message(int socket, void *bytes, size_t capacity, int descriptors[ANNAL_MESSAGE_DESCRIPTORS]) {
    for (size_t index = 0; index < ANNAL_MESSAGE_DESCRIPTORS; index++) descriptors[index] = -1;
    struct iovec content = {.iov_base = bytes, .iov_len = capacity};
    union control control;
    struct msghdr message = {
        .msg_iov = &content, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    ssize_t received;
    do received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (received < 0 && errno == EINTR);
    if (received < 0) return -errno;
    int excess = take_descriptors(&message, descriptors);
    if (excess || (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC))) {
        for (size_t index = 0; index < ANNAL_MESSAGE_DESCRIPTORS; index++) {
            if (descriptors[index] >= 0) close(descriptors[index]);
            descriptors[index] = -1;
        }
        return -EMSGSIZE;
    }
    return received;
}

int annal_socket_pair(int sockets[2]) {
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) == 0 ? 0 : -errno;
}

int annal_error_pipe(int ends[2]) {
    if (pipe2(ends, O_CLOEXEC) != 0) return -errno;
    if (fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0) return 0;
    int failure = errno;
    close(ends[0]);
    close(ends[1]);
    return -failure;
}

int annal_memory_file(const char *name) {
    int descriptor = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
    return descriptor >= 0 ? descriptor : -errno;
}

static const int all_seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

_Static_assert(annal_add_seals_command == F_ADD_SEALS && annal_get_seals_command == F_GET_SEALS, "as fcntl(2) has them");

int annal_seal(int descriptor) { return fcntl(descriptor, F_ADD_SEALS, all_seals) == 0 ? 0 : -errno; }

int annal_is_sealed(int descriptor) {
    int seals = fcntl(descriptor, F_GET_SEALS);
    return seals >= 0 && (seals & all_seals) == all_seals;
}

static int add_reader_files(posix_spawn_file_actions_t *files, int socket, int errors) {
    int failure = posix_spawn_file_actions_addopen(files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!failure) failure = posix_spawn_file_actions_addopen(files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (!failure) failure = posix_spawn_file_actions_adddup2(files, errors, STDERR_FILENO);
    if (!failure) failure = posix_spawn_file_actions_adddup2(files, socket, 3);
    if (!failure) failure = posix_spawn_file_actions_addclosefrom_np(files, 4);
    return failure;
}

static int set_reader_signals(posix_spawnattr_t *attributes) {
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int failure = posix_spawnattr_setsigmask(attributes, &none);
    if (!failure) failure = posix_spawnattr_setsigdefault(attributes, &all);
    if (!failure) failure = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    return failure;
}

static pid_t spawn_reader(const char *name, const char *argument, int socket, int errors) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    int failure = posix_spawn_file_actions_init(&files);
    if (failure) return -failure;
    failure = posix_spawnattr_init(&attributes);
    if (failure) {
        posix_spawn_file_actions_destroy(&files);
        return -failure;
    }
    failure = add_reader_files(&files, socket, errors);
    if (!failure) failure = set_reader_signals(&attributes);
    pid_t process = -1;
    char *const arguments[] = {(char *)name, (char *)argument, NULL};
    char *const environment[] = {NULL};
    if (!failure) failure = posix_spawn(&process, "/proc/self/exe", &files, &attributes, arguments, environment);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return failure ? -failure : process;
}

pid_t annal_spawn_reader(const char *name, const char *argument, int socket, int errors) {
    // Above the places that they go to, whatever was closed when this process began.
    int high_socket = fcntl(socket, F_DUPFD_CLOEXEC, 4);
    if (high_socket < 0) return -errno;
    int high_errors = fcntl(errors, F_DUPFD_CLOEXEC, 4);
    pid_t process = high_errors >= 0 ? spawn_reader(name, argument, high_socket, high_errors) : -errno;
    close(high_socket);
    if (high_errors >= 0) close(high_errors);
    return process;
}

/// Only what may be called in a signal handler: write(2) and _exit(2).
static void report_denied_call(int signal, siginfo_t *info, void *context) {
    (void)signal;
    (void)context;
    char text[] = "denied system call       \n";
    int number = info->si_syscall;
    for (size_t place = sizeof text - 3; number > 0 && place > 18; place--, number /= 10) text[place] = '0' + number % 10;
    ssize_t written = write(STDERR_FILENO, text, sizeof text - 1);
    (void)written;
    _exit(128 + SIGSYS);
}

int annal_report_denied_calls(void) {
    static const int crashes[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGTRAP};
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_DFL;
    for (size_t index = 0; index < sizeof crashes / sizeof *crashes; index++) {
        if (sigaction(crashes[index], &action, NULL) != 0) return -errno;
    }
    action.sa_sigaction = report_denied_call;
    action.sa_flags = SA_SIGINFO;
    return sigaction(SIGSYS, &action, NULL) == 0 ? 0 : -errno;
}

int64_t annal_processor_time(pid_t process) {
    clockid_t clock;
    int failure = clock_getcpuclockid(process, &clock);
    if (failure) return -failure;
    struct timespec time;
    if (clock_gettime(clock, &time) != 0) return -errno;
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int annal_limit_processor_time(pid_t process, uint64_t seconds, uint64_t last_seconds) {
    struct rlimit limit = {.rlim_cur = seconds < last_seconds ? seconds : last_seconds, .rlim_max = last_seconds};
    return prlimit(process, RLIMIT_CPU, &limit, NULL) == 0 ? 0 : -errno;
}

int annal_give_up_privileges(void) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -errno;
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : -errno;
}

int annal_end_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 ? 0 : -errno; }
