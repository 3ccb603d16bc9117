"""The record of every question: a chain of entries that proves itself, and what auditors do with it."""
