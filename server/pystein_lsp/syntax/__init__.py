"""Text to declarations: blocks, a tolerant reader and exact positions. Knows Python, nothing of Azure."""
