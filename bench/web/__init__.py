"""How fast pages come over a full store."""
