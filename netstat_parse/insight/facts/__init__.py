"""Facts that the packages beside this one share: what a counter counts, which sockets listen, exposure of addresses.

In: the name of a counter; a protocol, state or address.
Out: facts.
Public verb: `facts.counters.find_counter`.
"""
