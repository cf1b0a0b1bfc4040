"""A printed text to its meaning: which systems there are, their grammars and vocabularies. Public verb: `translate`."""
