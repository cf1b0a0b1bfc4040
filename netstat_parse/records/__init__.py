"""`Rows` in, the selected `Rows` out: records by column, their fields, and `--only`, `--where`, `--fields`.

Public verb: `select`, in `selection`.
"""
