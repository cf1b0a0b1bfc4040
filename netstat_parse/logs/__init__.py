"""A line of a log to its kind: prefix, prompt, ruler, time stamp, message. Public verb: `classify`."""
