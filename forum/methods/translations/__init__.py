"""Cards in other languages: texts alone, pinned to the version they were made from; figures stay the card's."""
