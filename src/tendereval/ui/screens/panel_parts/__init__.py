"""The parts of the Panel screen."""
