"""How completely documents are read: business documents made in bulk, whose content is therefore known."""
