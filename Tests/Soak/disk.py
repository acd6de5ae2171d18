"""A small file system for the daemon's state, whose room can be taken away.

A full disk can't be had otherwise without filling somebody's real one. As Tests/SystemTests/SmallFileSystem.swift does
it: ext4 on a loop device, since that fills up as a disk does; in memory where no loop device is to be had.
"""
import errno
import os
import pathlib
import subprocess


class SmallDisk:
    """Mounted at a directory until `unmount`; `kind` is None where neither way works, `why` says why not."""

    def __init__(self, image, place, size):
        self.place, self.ballast, self.kind, self.why = place, place / "ballast", None, ""
        self.is_full = False
        place.mkdir(parents=True)
        with open(image, "wb") as file:
            file.truncate(size)
        # Without room that is kept for root: the daemon of a soak runs as root.
        if self._run("mkfs.ext4", "-q", "-F", "-m", "0", image) and self._run("mount", "-o", "loop", image, place):
            self.kind = "ext4"
        elif self._run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place):
            self.kind = "tmpfs"

    def _run(self, *command):
        try:
            done = subprocess.run(command, capture_output=True, text=True)
        except OSError as error:
            self.why += f"{command[0]}: {error}; "
            return False
        if done.returncode:
            self.why += f"{command[0]}: {done.stderr.strip()}; "
        return done.returncode == 0

    def fill(self):
        """Takes all the room that there is; again and again, since the daemon may give some back."""
        self.is_full = True
        facts = os.statvfs(self.place)
        room = facts.f_bavail * facts.f_frsize
        with open(self.ballast, "ab", buffering=0) as file:
            if room > 16 << 20:
                # Reserved and not written: the image stays small.
                os.posix_fallocate(file.fileno(), file.seek(0, os.SEEK_END), room - (8 << 20))
                file.seek(0, os.SEEK_END)
            for piece in (1 << 16, 1 << 12, 1):
                try:
                    while True:
                        file.write(bytes(piece))
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise

    def free(self):
        self.is_full = False
        pathlib.Path(self.ballast).unlink(missing_ok=True)

    def unmount(self):
        if self.kind:
            self._run("umount", "-l", self.place)
