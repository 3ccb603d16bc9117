"""The pages by which people sign in and out."""
