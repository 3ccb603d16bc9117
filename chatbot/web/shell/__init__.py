"""What all pages share: templates, style, navigation, and how errors and forms are read."""
