"""What netstat.exe prints on Windows since NT, and what the ones of Wine and ReactOS print."""
