#pragma once

#include <dirent.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Opens a path beneath a directory, following no symbolic and no magic link on the way; `..` can't lead out.
/// Always close-on-exec. Returns the descriptor, or -errno (-ELOOP: a link, -EXDEV: it would lead out).
/// Source: openat2(2), RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS.
int annal_open_beneath(int directory, const char *path, int flags);

/// Opens a directory to look at it and at what it lies in, which needs no right to read it; following symbolic links,
/// close-on-exec. `directory` may be AT_FDCWD. Returns the descriptor or -errno.
/// Source: open(2), O_PATH.
int annal_look_at_directory(int directory, const char *path);

/// Renames without ever replacing what stands at the new name. Returns 0 or -errno (-EEXIST: something stands there).
/// Source: renameat2(2), RENAME_NOREPLACE.
int annal_rename_noreplace(int from_directory, const char *from, int to_directory, const char *to);

/// Takes a read lease on an open descriptor and gives it back at once: 0 says that nobody had the file open for writing.
/// -EAGAIN: somebody has. Anything else: a lease can't be had here (-EACCES: another's file and no CAP_LEASE,
/// -EINVAL: not on this file system).
/// Source: fcntl(2), F_SETLEASE.
int annal_probe_read_lease(int descriptor);

/// The file system's magic number of statfs(2), 0 where it can't be told.
uint64_t annal_filesystem_magic(int descriptor);

/// Makes everything on a descriptor's file system durable. Returns 0 or -errno.
/// Source: syncfs(2), which tells of failed writes since Linux 5.8.
int annal_sync_file_system(int descriptor);

/// Gives the memory back to the system that was freed and is kept for the next time.
/// Source: malloc_trim(3).
void annal_return_memory(void);

/// Reads an extended attribute of an open file or directory. Returns its length, or -errno (-ENODATA: there is none,
/// -ERANGE: it is longer than `capacity`, -EOPNOTSUPP: the file system has none).
/// Source: fgetxattr(2).
ssize_t annal_read_attribute(int descriptor, const char *name, void *bytes, size_t capacity);

/// Writes an extended attribute of an open file or directory. Returns 0 or -errno.
/// Source: fsetxattr(2).
int annal_write_attribute(int descriptor, const char *name, const void *bytes, size_t count);

/// An event counter that wakes a poll: non-blocking, close-on-exec. Returns the descriptor, or -errno.
/// Source: eventfd(2).
int annal_event_counter(void);

/// The name in an entry that readdir(3) gave. The entry ends with the name, often before the array that is declared for it
/// does: who copies all of that reads beyond what there is.
static inline const char *annal_entry_name(const struct dirent *entry) { return entry->d_name; }
