"""Keep freed memory in this process, to use it again."""


def keep_freed_memory(size: int) -> None:
    """Let the C library keep freed blocks of memory up to a size in bytes.

    glibc returns each freed block from 128 KB on to the system. A larger one that is freed raises this limit to its own
    size (M_MMAP_THRESHOLD of mallopt(3)). So this allocates a block, which is never touched, and frees it.
    """
    bytes(size)
