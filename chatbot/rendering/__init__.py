"""How things are shown wherever they are shown: reports as PDF, HTML and Markdown, page images, tables, labels."""
