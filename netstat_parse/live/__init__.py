"""Run the netstat of this machine, once or at an interval.

In: a `Plan`, made by `live.plan.plan` from the options of netstat or from a query.
Out: a `Session`. It runs the commands when its `Session.rows` are consumed, not before, and yields `Rows`.
Public verb: `live.session.ask`.
"""
