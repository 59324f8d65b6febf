"""What the hooks share. Knows nothing of MkDocs."""
