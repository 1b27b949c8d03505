"""Questions about scores and moderation; numbers first, long texts only where asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    RowMapping,
    Select,
    exists,
    func,
    select,
)

from tendereval.domain.bidding import Place
from tendereval.domain.disagreement import Disagreement, disagreement
from tendereval.domain.evaluation import Score, ScoreState
from tendereval.domain.ids import PersonId
from tendereval.domain.moderation import AgreedScore, Confirmation, Explanation, Reopening, SentBack
from tendereval.store import mapping, rows
from tendereval.store.content import every_question, whole, words
from tendereval.store.newest import newest

_SCORE_KEY = ("evaluator", "bidder", "criterion", "lot")
_PLACE_KEY = ("bidder", "criterion", "lot")


@every_question
class Judgements:
    """Individual and agreed scores of one file, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._judged = connection

    def _read(self, statement: Select[tuple[object, ...]]) -> Iterable[RowMapping]:
        return self._judged.execute(statement).mappings().all()

    def scores(self) -> tuple[Score, ...]:
        """Return every current individual score without its rationale (an empty text)."""
        return tuple(mapping.score_of(row) for row in self._read(newest(rows.score, *_SCORE_KEY)))

    def scores_with_rationale(self) -> tuple[Score, ...]:
        """Return every current individual score with its rationale."""
        current = newest(rows.score, *_SCORE_KEY).subquery()
        return self._with_rationale(current.c.first, current)

    def scores_of(self, evaluator: PersonId) -> tuple[Score, ...]:
        """Return the current scores of one person, with rationale; nobody else's are read."""
        current = newest(rows.score, *_SCORE_KEY).subquery()
        return self._with_rationale(current.c.first, current, current.c.evaluator == evaluator)

    def scores_at(self, place: Place) -> tuple[Score, ...]:
        """Return the current individual scores of one place, with rationale."""
        current = newest(rows.score, *_SCORE_KEY).subquery()
        matching = [current.c[name] == value for name, value in mapping.place_values(place).items()]
        return self._with_rationale(current.c.first, current, *matching)

    def score_history(self, place: Place | None = None) -> tuple[Score, ...]:
        """Return every revision of every score, of one place or of all, oldest first."""
        table = rows.score.alias()
        keys = {} if place is None else mapping.place_values(place)
        matching = [table.c[name] == value for name, value in keys.items()]
        return self._with_rationale(table.c.id, table, *matching)

    def current_score(self, evaluator: PersonId, place: Place) -> Score | None:
        """Return one evaluator's newest score of a place, with rationale."""
        table, every = rows.score.alias(), rows.score.alias()
        keys = {"evaluator": evaluator, **mapping.place_values(place)}
        matching = [every.c[name] == value for name, value in keys.items()]
        last = select(func.max(every.c.id)).where(*matching).scalar_subquery()
        found = self._with_rationale(table.c.id, table, table.c.id == last)
        return found[0] if found else None

    def _with_rationale(
        self,
        order: ColumnElement[int],
        table: FromClause,
        *matching: ColumnElement[bool],
    ) -> tuple[Score, ...]:
        text = rows.long_text
        statement = (
            select(table, text.c.body)
            .join(text, text.c.id == table.c.rationale_id)
            .where(*matching)
            .order_by(order)
        )
        return tuple(mapping.score_of(row, words(row["body"])) for row in self._read(statement))

    def disagreements(self) -> tuple[Disagreement, ...]:
        """Return how far ready scores differ, per place, without reading any text.

        Points are exact text, so they are gathered by the store and compared here.
        """
        score, later = rows.score, rows.score.alias("later")
        same = [later.c[name] == score.c[name] for name in _SCORE_KEY]
        # Goes by the index alone, where ``newest`` would gather every score twice.
        replaced = exists().where(*same, later.c.id > score.c.id)
        key = [score.c[name] for name in _PLACE_KEY]
        cells = [*key, func.aggregate_strings(score.c.points, ";")]
        statement = (
            select(*cells).where(score.c.state == str(ScoreState.READY), ~replaced).group_by(*key)
        )
        spans: dict[frozenset[str], Disagreement] = {}
        found = []
        for bidder, criterion, lot, points in self._judged.execute(statement).all():
            place, texts = mapping.place_at(bidder, criterion, lot), words(points).split(";")
            different = frozenset(texts)
            if different not in spans:
                spans[different] = disagreement(place, [*map(mapping.exact, different)])
            span = spans[different]
            found.append(Disagreement(place, span.lowest, span.highest, len(texts)))
        return tuple(found)

    def agreed_points(self) -> Mapping[Place, Fraction]:
        """Return the points of every current agreed score, without reading any text."""
        current = newest(rows.agreed_score, *_PLACE_KEY).subquery()
        cells = [current.c[name] for name in (*_PLACE_KEY, "points")]
        statement = select(*cells).order_by(current.c.first)
        return {
            mapping.place_at(bidder, criterion, lot): mapping.exact(words(points))
            for bidder, criterion, lot, points in self._judged.execute(statement).all()
        }

    def agreed_outlines(self) -> tuple[AgreedScore, ...]:
        """Return every current agreed score without rationales and explanations (left empty)."""
        current = self._read(newest(rows.agreed_score, *_PLACE_KEY))
        return tuple(mapping.agreed_of(row, "", "", ()) for row in current)

    def agreed_scores(self) -> tuple[AgreedScore, ...]:
        """Return every current agreed score with its texts."""
        return self._agreed(newest(rows.agreed_score, *_PLACE_KEY))

    def agreed_history(self) -> tuple[AgreedScore, ...]:
        """Return every revision of every agreed score, oldest first."""
        return self._agreed(select(rows.agreed_score).order_by(rows.agreed_score.c.id))

    def agreed_at(self, place: Place) -> AgreedScore | None:
        """Return the current agreed score of one place."""
        table = rows.agreed_score
        matching = [table.c[name] == value for name, value in mapping.place_values(place).items()]
        statement = select(table).where(*matching).order_by(table.c.revision.desc()).limit(1)
        found = self._agreed(statement, place)
        return found[0] if found else None

    def agreed_history_at(self, place: Place) -> tuple[AgreedScore, ...]:
        """Return every revision of one place's agreed score, oldest first."""
        table = rows.agreed_score
        matching = [table.c[name] == value for name, value in mapping.place_values(place).items()]
        return self._agreed(select(table).where(*matching).order_by(table.c.revision), place)

    def _agreed(
        self, statement: Select[tuple[object, ...]], place: Place | None = None
    ) -> tuple[AgreedScore, ...]:
        current = list(self._read(statement))
        texts = self._texts(
            whole(number)
            for row in current
            for number in (row["rationale_id"], row["releasable_id"])
        )
        explained = self._explanations(place) if current else {}
        return tuple(
            mapping.agreed_of(
                row,
                texts[row["rationale_id"]],
                texts[row["releasable_id"]],
                explained.get((mapping.place_of(row), row["revision"]), ()),
            )
            for row in current
        )

    def _texts(self, numbers: Iterable[int]) -> dict[int, str]:
        wanted, found = sorted(set(numbers)), {}
        table = rows.long_text
        for start in range(0, len(wanted), 500):
            piece = wanted[start : start + 500]
            for row in self._read(select(table.c.id, table.c.body).where(table.c.id.in_(piece))):
                found[row["id"]] = words(row["body"])
        return found

    def _explanations(
        self, place: Place | None
    ) -> dict[tuple[Place, int], tuple[Explanation, ...]]:
        table, text = rows.explanation, rows.long_text
        keys = {} if place is None else mapping.place_values(place)
        statement = (
            select(table, text.c.body)
            .join(text, text.c.id == table.c.text_id)
            .where(*(table.c[name] == value for name, value in keys.items()))
            .order_by(table.c.id)
        )
        found: dict[tuple[Place, int], tuple[Explanation, ...]] = {}
        for row in self._read(statement):
            key = (mapping.place_of(row), row["revision"])
            found[key] = (
                *found.get(key, ()),
                Explanation(words(row["sub_criterion"]), words(row["body"])),
            )
        return found

    def confirmations(self) -> tuple[Confirmation, ...]:
        """Return each person's newest word on each agreed score and revision."""
        statement = newest(rows.confirmation, "person", *_PLACE_KEY, "revision")
        return tuple(mapping.confirmation_of(row) for row in self._read(statement))

    def confirmations_at(self, place: Place) -> tuple[Confirmation, ...]:
        """Return each person's newest word on each revision of one place, first word first."""
        table = rows.confirmation
        matching = [table.c[name] == value for name, value in mapping.place_values(place).items()]
        every = self._read(select(table).where(*matching).order_by(table.c.id))
        given = map(mapping.confirmation_of, every)
        return tuple({(item.person, item.revision): item for item in given}.values())

    def sent_back(self) -> tuple[SentBack, ...]:
        """Return the newest state of every response that was ever sent back."""
        statement = newest(rows.sent_back, *_PLACE_KEY)
        return tuple(mapping.sent_back_of(row) for row in self._read(statement))

    def sent_back_history(self) -> tuple[SentBack, ...]:
        """Return every sending back and its settling, oldest first."""
        statement = select(rows.sent_back).order_by(rows.sent_back.c.id)
        return tuple(mapping.sent_back_of(row) for row in self._read(statement))

    def reopenings(self) -> tuple[Reopening, ...]:
        """Return the agreed scores reopened after prices were known, oldest first.

        A later row of the same place and reason that brings the order after completes the
        one before it.
        """
        found: list[Reopening] = []
        for row in self._read(select(rows.reopening).order_by(rows.reopening.c.id)):
            item = mapping.reopening_of(row)
            earlier = next(
                (
                    i
                    for i, old in enumerate(found)
                    if old.place == item.place and not old.order_after
                ),
                None,
            )
            if earlier is not None and item.order_after:
                found[earlier] = replace(found[earlier], order_after=item.order_after)
            else:
                found.append(item)
        return tuple(found)
