"""The parts of the Score screen: deciding pane, bottom bar, list of answers."""
