"""The pages of the Panel screen that menus and open points ask for by name."""

from enum import StrEnum


class PanelPage(StrEnum):
    """One piece of work that takes the screen's room."""

    PACKS = "packs"
    COLLECT = "collect"
    NAMES = "names"
    KEYS = "keys"
