"""A card made of a post: by its author, or by a member whose wish the author granted; the credit stays."""
