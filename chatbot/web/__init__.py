"""The web page. Thin: it calls `answer` and renders what comes back."""
