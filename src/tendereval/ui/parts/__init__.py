"""Parts that several screens share; they show a view-model's values and know no screen."""
