#pragma once

/// Has a signal written, as one byte with its number, into a pipe from here on, instead of what it does by default. One
/// pipe for all signals; its writing end must never wait. Programs that this one starts have the default again.
/// Returns 0 or -errno.
/// Source: sigaction(2); signal-safety(7), which allows write(2).
int annal_forward_signal(int signal, int descriptor);

/// A pipe, close-on-exec, whose writing end never waits. Returns 0 or -errno.
int annal_signal_pipe(int ends[2]);
