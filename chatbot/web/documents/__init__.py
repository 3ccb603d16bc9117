"""The pages on which people look at documents, and the pictures of their pages."""
