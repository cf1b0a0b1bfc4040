"""``python -m netstat_parse`` is ``netstat-parse``."""

import sys

from netstat_parse.cli.main import main

sys.exit(main())
