"""Let Chinese be typed where the session asks for a module we lack.

Runs before the frozen program.

Qt 6 has input modules for ibus and for compose keys. A session of fcitx names
its own module, which is built for the system's Qt and cannot be loaded here;
fcitx 5 answers to ibus's protocol as well, so that is asked for instead. XIM
is gone from Qt 6.
"""

import os
import sys

_SHIPPED = {"ibus", "compose", "wayland", "none"}

if sys.platform == "linux":
    asked = os.environ.get("QT_IM_MODULE", "")
    on_x11 = not os.environ.get("WAYLAND_DISPLAY")
    by_x11 = on_x11 and not asked and "@im=" in os.environ.get("XMODIFIERS", "")
    if by_x11 or (asked and asked not in _SHIPPED):
        os.environ["QT_IM_MODULE"] = "ibus"
