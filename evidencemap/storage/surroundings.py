"""Where a case lies: on a network drive, in a folder that a service keeps in step, on a FAT disk."""

import os
import re
from pathlib import Path

from evidencemap.errors import CaseFileRefused
from evidencemap.tongue import _

FAT_LARGEST = (4 << 30) - 1
"""Bytes that a file on a FAT file system may have."""

_NETWORK = frozenset(
    (
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "lustre", "gpfs", "beegfs",
        "davfs", "davfs2", "glusterfs", "sshfs", "rclone", "s3fs", "gvfsd-fuse",
        "vmhgfs-fuse", "vboxsf", "prl_fs",
    )
)  # fmt: skip

_FAT = frozenset(("vfat", "msdos"))

_SERVICES = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "mobile documents": "iCloud",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "cloudstorage": "a cloud service",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pclouddrive": "pCloud",
    "mega": "MEGA",
    "box sync": "Box",
    "seafile": "Seafile",
    "syncthing": "Syncthing",
}

_MARKS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud",
    ".seafile-data": "Seafile",
}


def cautions(path: Path, mounts: str | None = None) -> list[str]:
    """Return a sentence for each thing about the place of a case file that its owner should know.

    `mounts` is what /proc/self/mountinfo says, read there where it is not given.
    """
    found = []
    system = file_system(path, mounts)
    if is_network(path, system):
        found.append(
            _(
                "{name} lies on a network drive: a break of the network can leave it old, and two people "
                "can write it at once. Keep it on a disk of this machine and carry copies."
            ).format(name=path.name)
        )
    service = synced_by(path)
    if service:
        found.append(
            _(
                "{name} lies in a folder that {service} keeps in step: it may put another machine's copy "
                "in its place. Work in a folder of this machine and save copies there."
            ).format(name=path.name, service=service)
        )
    if system in _FAT:
        found.append(
            _("{name} lies on a FAT disk, where no file can have more than 4 GiB.").format(name=path.name)
        )
    return found


def refuse_too_large(path: Path, size: int, mounts: str | None = None) -> None:
    """Raise CaseFileRefused where a file of this size (bytes) does not fit the file system of its place."""
    if size > FAT_LARGEST and file_system(path, mounts) in _FAT:
        raise CaseFileRefused(
            _(
                "{name} was not saved in {parent}: that disk is formatted as FAT, where no file "
                "can have more than 4 GiB. Save it on another disk. Your edits are kept."
            ).format(name=path.name, parent=path.parent)
        )


def is_network(path: Path, system: str) -> bool:
    """Return whether a path lies on another machine, as far as this system tells."""
    return system in _NETWORK or os.fspath(path).startswith(("\\\\", "//"))


def synced_by(path: Path) -> str:
    """Return the service that keeps the folder of a file in step; empty where none shows itself."""
    for folder in path.parents:
        name = re.sub(r" *[-(].*", "", folder.name).casefold()
        if name in _SERVICES:
            return _SERVICES[name]
        for mark, service in _MARKS.items():
            if os.path.lexists(folder / mark):
                return service
    return ""


def file_system(path: Path, mounts: str | None = None) -> str:
    """Return the kind of file system that a file lies on, `fuse.` left out; empty where none is told.

    Only Linux tells it here.
    """
    if mounts is None:
        try:
            mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return ""
    best, found = "", ""
    for line in mounts.splitlines():
        left, dash, right = line.partition(" - ")
        fields = left.split(" ")
        if not dash or len(fields) < 5:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda each: chr(int(each[1], 8)), fields[4])
        inside = point == "/" or str(path.parent) == point or str(path.parent).startswith(f"{point}/")
        if inside and len(point) >= len(best):
            best, found = point, right.split(" ")[0]
    return found.removeprefix("fuse.").removeprefix("fuseblk.")
