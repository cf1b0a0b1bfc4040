"""Lines leave the buffer in blocks of one origin, with all that is known of them."""

from netstat_parse.escapes.line_block import LineBlock, SharedLine
from netstat_parse.reading.line_buffer import Decision, LineBuffer


def test_a_block_without_decisions_leaves_as_it_came() -> None:
    block = LineBlock("a\nb\n", range(1, 3), cut=(2,))
    buffer = LineBuffer()
    buffer.add(block)
    (released,) = buffer.release(2)
    assert released is block


def test_lines_that_wait_join_the_next_block() -> None:
    buffer = LineBuffer()
    buffer.add(LineBlock("a\nb\n", range(1, 3), originals={2: "> b"}, undecodable=(2,)))
    assert [block.text for block in buffer.release(1)] == ["a\n"]
    buffer.add(LineBlock("c", range(3, 4), shared={3: SharedLine(1, 1)}, cut=(3,)))
    assert len(buffer) == 2
    assert list(buffer.release(2)) == [LineBlock("b\nc", range(2, 4), {2: "> b"}, {3: SharedLine(1, 1)}, [2], [3])]
    assert len(buffer) == 0


def test_lines_of_different_origins_leave_in_different_blocks() -> None:
    buffer = LineBuffer()
    buffer.add(LineBlock("a | x\nb | y\nb | z\ntext\n", range(1, 5)))
    buffer.decisions[0] = Decision("x", "a", is_final=True)
    buffer.decisions[1] = Decision("y", "b", is_final=True)
    buffer.decisions[2] = Decision("z", "b", is_final=True)
    assert [(block.text, block.origin, block.originals) for block in buffer.release(4)] == [
        ("x\n", "a", {1: "a | x"}),
        ("y\nz\n", "b", {2: "b | y", 3: "b | z"}),
        ("text\n", None, {}),
    ]


def test_a_line_that_was_only_a_prefix_stays_a_line_at_the_end() -> None:
    buffer = LineBuffer()
    buffer.add(LineBlock(">", range(1, 2)))
    buffer.decisions[0] = Decision("", None, is_final=True)
    assert [block.text for block in buffer.release(1)] == [" "]
