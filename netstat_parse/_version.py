"""The version of the distribution: the build and every module that names it read it here."""

__version__ = "0.1.0"
