"""The systems, their grammar modules and vocabularies: a printed text to its English. Public verb: `translate`."""
