"""The parts of the lead's Set-up screen; each knows its view-model and no other part."""
