"""Grammars for the netstat.exe of Windows since NT, and for those of Wine and ReactOS, which print nearly the same."""
