"""Leave TLS out of the frozen program, and all that would use it.

Runs before it.

python-stdnum imports ``ssl`` to look numbers up at authorities, which this
program never does. An empty module stands in, so that no OpenSSL of its own
ships with Python and nobody can open a connection with it.
"""

import sys
import types

sys.modules["ssl"] = types.ModuleType("ssl", __doc__)
