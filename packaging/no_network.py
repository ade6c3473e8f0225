"""Run before the frozen program: there is no TLS in it, and nothing that would use it.

python-stdnum imports ``ssl`` to look numbers up at authorities, which this
program never does. An empty module stands in, so that no OpenSSL of its own
ships with Python and nobody can open a connection with it.
"""

import sys
import types

sys.modules["ssl"] = types.ModuleType("ssl", __doc__)
