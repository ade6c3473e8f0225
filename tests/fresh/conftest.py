"""Only ``make fresh`` runs these: they want root on Debian, a network, and half an hour."""

from __future__ import annotations

import os

collect_ignore_glob = [] if os.environ.get("MEDCOUNTER_FRESH") else ["test_*.py"]
