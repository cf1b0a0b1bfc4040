"""Grammars for netstat on Linux: net-tools since 1998, busybox and toybox."""
