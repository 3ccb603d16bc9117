"""Engines that write answers, what they are asked, and the form in which they answer."""
