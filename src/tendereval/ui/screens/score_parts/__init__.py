"""The parts of the Score screen: reading pane, deciding pane, bottom bar, list of answers."""
