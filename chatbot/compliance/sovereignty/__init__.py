"""What an operator, a data protection officer or a works council reads to know that nothing leaves the house."""
