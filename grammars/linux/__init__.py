"""What netstat prints on Linux: that of net-tools since 1998, of busybox and of toybox."""
