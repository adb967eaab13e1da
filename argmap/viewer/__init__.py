"""What browsers are given: files, and where they are."""

from pathlib import Path
from typing import Final

FILES: Final = Path(__file__).parent
"""The directory of the files."""
