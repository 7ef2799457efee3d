"""Rebuilds accounts/auth/common_passwords.bloom from lists of one password a line."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from accounts.auth.bloom_filter import BloomFilter
from accounts.auth.password_rules import COMMON

MIN_CHARS = 10
ERROR_RATE = 0.0001


class Command(BaseCommand):
    """Builds the filter. Today's is made of the million most frequent of Mark Burnett's ten million, and of Django's list."""

    help = "Build the filter of common passwords from text files, one password a line; those under ten characters are left out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("lists", nargs="+", type=Path)

    def handle(self, *_: Any, lists: list[Path], **options: Any) -> None:
        passwords = {line.strip().casefold() for path in lists for line in path.read_text(errors="replace").splitlines()}
        long_ones = {password for password in passwords if len(password) >= MIN_CHARS}
        BloomFilter.of(long_ones, ERROR_RATE).write(COMMON)
        self.stdout.write(f"{len(long_ones):,} passwords, {COMMON.stat().st_size:,} bytes")
