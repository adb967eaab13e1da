"""An argument-map server: claims, relations, evaluation rules and what they say."""
