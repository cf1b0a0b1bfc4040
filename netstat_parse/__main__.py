"""Run ``netstat-parse`` as ``python -m netstat_parse``."""

import sys

from netstat_parse.cli import main

sys.exit(main())
