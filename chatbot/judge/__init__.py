"""A small model that reads two texts together: does this fact answer that question, and does it say that statement?"""
