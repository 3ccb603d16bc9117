"""What a follow-up means: the complete question that a person would have asked without the conversation."""
