"""Says in one line, before anything is installed, what keeps Parley from running on this machine: python .ci/machine.py."""

import platform
import sys

# Those for which every package comes ready-made; elsewhere pip would want a compiler.
PROCESSORS = {"Linux": {"x86_64", "aarch64"}, "Darwin": {"x86_64", "arm64"}}
OLDEST_GLIBC = (2, 28)


def obstacle(system: str, processor: str, libc: tuple[str, str], is_64_bit: bool = True) -> str:
    """Return what is wrong, or an empty text; the arguments are what the module `platform` says."""
    if processor not in PROCESSORS.get(system, set()) or not is_64_bit:
        found = f"{system} on {processor}{'' if is_64_bit else ' with a Python of 32 bits'}"
        return f"Parley's packages exist for Linux and macOS on x86-64 and ARM64, and this is {found}: use another machine"
    if system == "Linux" and not _is_new_enough(libc):
        found = " ".join(filter(None, libc)) or "another C library"
        return f"Parley's packages need glibc 2.28 or newer, and this machine has {found}: use another system"
    return ""


def _is_new_enough(libc: tuple[str, str]) -> bool:
    name, version = libc
    return name == "glibc" and tuple(int(part) for part in version.split(".")[:2] if part.isdigit()) >= OLDEST_GLIBC


if __name__ == "__main__":
    sys.exit(obstacle(platform.system(), platform.machine(), platform.libc_ver(), sys.maxsize > 2**32) or 0)
