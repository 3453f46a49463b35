"""What a sentence says of two companies: words with slots, frames, effects, and the model that weighs them."""
