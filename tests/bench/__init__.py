"""Speed and size as ratios against a baseline measured in the same run; see ``__main__``."""
