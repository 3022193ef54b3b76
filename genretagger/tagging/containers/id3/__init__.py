"""ID3 tags: their place, frames and versions, and the genre in them."""
