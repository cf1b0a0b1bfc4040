"""A plan to `Rows`: runs the netstat of this machine, once or at an interval. Public verb: `session.ask`."""
