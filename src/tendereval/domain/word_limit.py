"""Words of an answer against the published limit; counts, and decides nothing about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Length:
    """How long an answer is.

    Attributes:
        words: what stands between spaces, as word processors count.
        limit: words allowed; None is no limit.
    """

    words: int
    limit: int | None = None

    @property
    def over(self) -> int:
        """By how many words the answer is over the limit; 0 where it is not."""
        return 0 if self.limit is None else max(0, self.words - self.limit)

    def __str__(self) -> str:
        """Return the length as people say it.

        >>> str(Length(312, 500)), str(Length(1))
        ('312 of 500 words', '1 word')
        """
        if self.limit is not None:
            return f"{self.words:,} of {self.limit:,} words"
        return "1 word" if self.words == 1 else f"{self.words:,} words"


def length_of(text: str, limit: int | None = None) -> Length:
    """Return how long a text is."""
    return Length(len(text.split()), limit)
