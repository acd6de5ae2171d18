#define _GNU_SOURCE
#include "signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static _Atomic int forwarding = -1;

static void forward(int signal) {
    int kept = errno;
    unsigned char number = (unsigned char)signal;
    // A pipe that is full holds so many signals already that one more says nothing new.
    ssize_t written = write(atomic_load(&forwarding), &number, 1);
    (void)written;
    errno = kept;
}

int annal_forward_signal(int signal, int descriptor) {
    atomic_store(&forwarding, descriptor);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = forward;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    return sigaction(signal, &action, NULL) ? -errno : 0;
}

int annal_signal_pipe(int ends[2]) {
    if (pipe2(ends, O_CLOEXEC)) return -errno;
    int flags = fcntl(ends[1], F_GETFL);
    if (flags >= 0 && !fcntl(ends[1], F_SETFL, flags | O_NONBLOCK)) return 0;
    int code = errno;
    close(ends[0]);
    close(ends[1]);
    return -code;
}
