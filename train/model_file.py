"""Writes model files as src/base/model_file.h describes them: sections of bytes behind a checked head.

    from model_file import write
    write("models/names.bin", {"weights": array.tobytes(), …})

The checksum is XXH3; Debian's python3-xxhash gives it.
"""
import struct
import xxhash


def write(path, sections):
    """sections: dict of name (at most 23 bytes) to bytes, kept in order."""
    head, entry = 32, 40
    at = (head + len(sections) * entry + 63) // 64 * 64
    table, body = b"", b""
    for name, data in sections.items():
        encoded = name.encode()
        assert len(encoded) < 24, name
        table += struct.pack("<24sQQ", encoded, at, len(data))
        at = (at + len(data) + 63) // 64 * 64
    body = table
    for data in sections.values():
        body += b"\0" * (-(head + len(body)) % 64) + bytes(data)
    with open(path, "wb") as f:
        f.write(struct.pack("<8sIIQQ", b"RAPMODEL", 1, len(sections), head + len(body), xxhash.xxh3_64(body).intdigest()) + body)
