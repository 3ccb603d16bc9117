"""What is known of documents besides their text, and what is wrong with them."""
