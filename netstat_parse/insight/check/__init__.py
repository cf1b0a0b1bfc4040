"""Rules that say what is wrong in a dump, or in what changed between two.

In: dumps and comparisons.
Out: findings, and the rules that could not be judged.
Public verb: `check.check.judge`.

Facts are data: `counter_rules.toml` has each rule about counters whole, `record_rules.toml` the thresholds and texts of
the rules about sockets, listeners, routes and interfaces, whose conditions are functions.
"""
