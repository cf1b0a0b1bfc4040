"""The version of the distribution. It is set here only: the build reads it, and so do the modules that name it."""

__version__ = "0.1.0"
