"""Records by column, their fields, and the selection that `--only`, `--where` and `--fields` make.

In: `Rows`.
Out: the selected `Rows`.
Public verb: `records.selection.select`.
"""
