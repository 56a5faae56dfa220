"""Letters and documents on paper: one model of a document, and what is made of it. Knows no request and no row."""
