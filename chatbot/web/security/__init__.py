"""What stands in front of all pages: who may pass, what a client may cost, which headers go out."""
