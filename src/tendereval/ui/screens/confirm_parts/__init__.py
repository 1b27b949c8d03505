"""The parts of the Confirm screen: the list, one agreed score, the bar with one's word."""
