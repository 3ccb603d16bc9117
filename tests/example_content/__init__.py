"""Text of the example documents, one module a document group, and the writers that lay it out."""
