"""Writes the archives beside this script: one folder, two files, a link and an empty file in each form."""

import io
import pathlib
import tarfile
import zipfile

here = pathlib.Path(__file__).parent
files = {"folder/numbers": bytes(range(256)) * 20, "größe.txt": b"42\n", "empty": b""}

for name, method in (("stored.zip", zipfile.ZIP_STORED), ("deflated.zip", zipfile.ZIP_DEFLATED)):
    with zipfile.ZipFile(here / name, "w") as archive:
        archive.writestr(zipfile.ZipInfo("folder/"), b"")
        for path, contents in files.items():
            archive.writestr(zipfile.ZipInfo(path), contents, compress_type=method)

for name, mode in (("plain.tar", "w"), ("gzipped.tar.gz", "w:gz")):
    with tarfile.open(here / name, mode, format=tarfile.PAX_FORMAT) as archive:
        folder, link = tarfile.TarInfo("folder"), tarfile.TarInfo("link")
        folder.type, link.type, link.linkname = tarfile.DIRTYPE, tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(folder)
        archive.addfile(link)
        for path, contents in files.items():
            entry = tarfile.TarInfo(path)
            entry.size = len(contents)
            archive.addfile(entry, io.BytesIO(contents))
