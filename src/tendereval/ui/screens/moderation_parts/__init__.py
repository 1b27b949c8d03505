"""The parts of the Moderation screen: agenda, scores, decision, projector."""
