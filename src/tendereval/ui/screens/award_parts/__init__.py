"""The parts of the Award and documents screen."""
