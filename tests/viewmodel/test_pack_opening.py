"""Opening a pack: what is known before, what opens it, which working file it goes into."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tendereval.domain.errors import KeysNeeded, NotForYou, UserFixable, WrongPassphrase
from tendereval.domain.packs import Manifest
from tendereval.exchange import age_passphrase, seal
from tendereval.exchange.seal import ToRecipients, WithPassphrase
from tendereval.services import identities
from tendereval.services.opening_packs import Opening
from tendereval.services.progress import Cancelled, NullProgress
from tendereval.services.session import Session
from tendereval.viewmodels.own_keys import OwnIdentityViewModel, own_or_new
from tendereval.viewmodels.pack_opening import PackOpeningViewModel, usual_folder
from tendereval.viewmodels.welcome import WelcomeViewModel
from tests.service.builders import a_desk
from tests.service.packs import TENDER, a_manifest, a_pack, keys_of
from tests.viewmodel.evaluator_laptop import own_folder

WORDS = "abandon-ability-able-about-above-absent"
AS_TYPED = "  Abandon ability, ABLE about – above absent "


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with own_folder(tmp_path, monkeypatch) as place:
        yield place


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder


def with_words(folder: Path, name: str = "p.scorepack") -> Path:
    """Write a pack that opens with a passphrase; to try one takes a while, by design."""
    return a_pack(folder / name, a_manifest(), WithPassphrase(WORDS))


def sealed(folder: Path, manifest: Manifest | None = None, name: str = "p.scorepack") -> Path:
    """Write a pack that is sealed to the person's own card."""
    keys = own_or_new("Ben Bell", "ben@x.example").card.keys
    return a_pack(folder / name, manifest or a_manifest(), ToRecipients((keys.recipient,)))


def opened(view_model: PackOpeningViewModel, passphrase: str = WORDS, own: str = "") -> Opening:
    opening = view_model.opening(passphrase, own)(NullProgress())
    opening.session.file.close()
    return opening


def refused(view_model: PackOpeningViewModel, passphrase: str = WORDS) -> UserFixable:
    with pytest.raises(UserFixable) as caught:
        view_model.opening(passphrase)(NullProgress())
    view_model.refuse(caught.value)
    return caught.value


def test_nothing_of_whose_it_is_shows_before_it_is_open(tmp_path: Path) -> None:
    view_model = PackOpeningViewModel(with_words(tmp_path), tmp_path)
    assert view_model.needs_passphrase
    assert "can only be read once it is open" in view_model.what
    for told in ("Ben", "Ana", "bench", "Alder"):
        assert told not in view_model.what.replace(view_model.pack.name, "")


def test_a_passphrase_is_forgiven_its_blanks_capitals_and_hyphens(
    tmp_path: Path, documents: Path
) -> None:
    opening = opened(PackOpeningViewModel(with_words(tmp_path), documents), AS_TYPED)
    assert opening.is_new
    assert opening.manifest.name == "Ben Bell"
    assert opening.session.file.path == documents / "p.scoring"


def test_the_work_of_a_passphrase_is_done_once(
    tmp_path: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the pack is looked into first, for the working file that it belongs to."""
    opened(PackOpeningViewModel(with_words(tmp_path), documents))
    worked = []

    def unsealed(sealed: bytes, passphrase: str) -> bytes:
        worked.append(passphrase)
        return age_passphrase.unseal_small(sealed, passphrase)

    monkeypatch.setattr(seal, "unseal_small", unsealed)
    again = opened(PackOpeningViewModel(tmp_path / "p.scorepack", documents))
    assert again.is_again
    assert worked == [WORDS]


def test_a_wrong_passphrase_is_told_in_place_and_makes_nothing(
    tmp_path: Path, documents: Path
) -> None:
    view_model = PackOpeningViewModel(with_words(tmp_path), documents)
    assert isinstance(refused(view_model, "abandon-ability"), WrongPassphrase)
    assert view_model.problem
    assert not list(documents.iterdir())
    refused(view_model, "   ")
    assert "Type the words" in view_model.problem


def test_a_pack_sealed_to_the_own_card_asks_for_nothing(tmp_path: Path, documents: Path) -> None:
    view_model = PackOpeningViewModel(sealed(tmp_path), documents)
    assert own_or_new("Somebody Else", "").name == "Ben Bell"
    assert not view_model.needs_passphrase
    assert opened(view_model, "").is_new


def test_protected_keys_ask_for_their_own_passphrase(tmp_path: Path, documents: Path) -> None:
    view_model = PackOpeningViewModel(sealed(tmp_path), documents)
    identities.protect_own_identity("my own long words")
    refused(view_model, "")
    assert view_model.needs_own_passphrase
    assert opened(view_model, "", "my own long words").is_new


def test_without_keys_and_with_other_keys_it_says_what_to_do(
    tmp_path: Path, documents: Path
) -> None:
    pack = a_pack(tmp_path / "p.scorepack", a_manifest())
    view_model = PackOpeningViewModel(pack, documents)
    assert isinstance(refused(view_model, ""), KeysNeeded)
    assert "contact card" in view_model.problem
    own_or_new("Cam Cole", "cam@x.example")
    assert isinstance(refused(view_model, ""), NotForYou)


def test_a_file_that_is_no_pack_says_so(tmp_path: Path) -> None:
    letter = tmp_path / "letter.scorepack"
    letter.write_text("Dear Sir", encoding="utf-8")
    view_model = PackOpeningViewModel(letter, tmp_path)
    assert not view_model.may_open
    assert view_model.problem
    assert view_model.what == ""
    assert not PackOpeningViewModel(tmp_path / "gone.scorepack", tmp_path).may_open


def test_a_later_pack_finds_the_working_file_wherever_it_was_open_before(
    tmp_path: Path, documents: Path
) -> None:
    first = opened(PackOpeningViewModel(sealed(tmp_path), documents))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    later = sealed(tmp_path, a_manifest(2), "later.scorepack")
    view_model = PackOpeningViewModel(later, elsewhere, known=[first.session.file.path])
    again = opened(view_model)
    assert again.session.file.path == first.session.file.path
    assert not again.is_new
    assert not list(elsewhere.iterdir())
    same = opened(PackOpeningViewModel(later, documents))
    assert same.is_again
    assert "nothing was changed" in same.news[0]


def test_a_pack_of_another_tender_gets_a_file_of_its_own(tmp_path: Path, documents: Path) -> None:
    opened(PackOpeningViewModel(sealed(tmp_path), documents))
    other = a_manifest(tender="another", keys=keys_of("another"))
    pack = sealed(tmp_path, other, "p.scorepack")
    opening = opened(PackOpeningViewModel(pack, documents))
    assert opening.is_new
    assert opening.session.file.path == documents / "p-2.scoring"


def test_a_later_pack_goes_into_the_file_that_has_a_window(tmp_path: Path, documents: Path) -> None:
    first = PackOpeningViewModel(sealed(tmp_path), documents).opening(WORDS)(NullProgress())
    later = sealed(tmp_path, a_manifest(2), "later.scorepack")
    view_model = PackOpeningViewModel(later, documents, at_work=[first.session])
    opening = view_model.opening(WORDS)(NullProgress())
    assert opening.session is first.session
    first.session.file.close()


def test_other_keys_of_the_tender_are_taken_only_when_the_words_were_compared(
    tmp_path: Path, documents: Path
) -> None:
    opened(PackOpeningViewModel(sealed(tmp_path), documents))
    strange = a_manifest(2, tender=TENDER, keys=keys_of("a new lead"))
    view_model = PackOpeningViewModel(sealed(tmp_path, strange, "new.scorepack"), documents)
    refused(view_model)
    assert view_model.asks_about_key
    assert "Compare the words" in view_model.problem
    view_model.accept_other_key()
    assert not opened(view_model).is_new


def test_another_folder_is_taken_and_a_record_says_what_it_brings(
    tmp_path: Path, documents: Path
) -> None:
    heard: list[str] = []
    view_model = PackOpeningViewModel(sealed(tmp_path, name="p.record"))
    assert view_model.folder == usual_folder()
    view_model.changed.connect(lambda: heard.append("changed"))
    view_model.set_folder(documents)
    assert (view_model.folder, heard) == (documents, ["changed"])
    assert "agreed scores to confirm" in view_model.what


class Impatient:
    """Asks to stop as soon as documents are read."""

    def step(self, done: int, total: int, label: str) -> None:
        if total:
            raise Cancelled
        assert (done, label) == (0, "Opening the pack")


def test_opening_can_be_stopped_and_leaves_nothing(tmp_path: Path, documents: Path) -> None:
    with pytest.raises(Cancelled):
        PackOpeningViewModel(sealed(tmp_path), documents).opening("")(Impatient())
    assert not list(documents.iterdir())
    first = opened(PackOpeningViewModel(sealed(tmp_path), documents))
    later = sealed(tmp_path, a_manifest(2), "later.scorepack")
    with pytest.raises(Cancelled):
        PackOpeningViewModel(later, documents).opening("")(Impatient())
    assert not opened(PackOpeningViewModel(later, documents)).is_again
    assert first.is_new


def test_a_fault_is_no_refusal(tmp_path: Path) -> None:
    view_model = PackOpeningViewModel(sealed(tmp_path), tmp_path)
    with pytest.raises(RuntimeError):
        view_model.refuse(RuntimeError("a fault of ours"))


def test_the_first_window_tells_packs_from_what_belongs_elsewhere(tmp_path: Path) -> None:
    files, packs, refusals = WelcomeViewModel(), list[Path](), list[UserFixable]()
    files.pack_wanted.connect(packs.append)
    files.refused.connect(refusals.append)
    pack = sealed(tmp_path)
    renamed = pack.with_name("from-the-lead")
    renamed.write_bytes(pack.read_bytes())
    for path in (pack, renamed, tmp_path / "x.RECORD"):
        files.open(path)
    assert packs == [pack, renamed, tmp_path / "x.RECORD"]
    for name in ("ben.scores", "ben.evaluator"):
        files.open(tmp_path / name)
    assert ["Panel screen" in found.do for found in refusals] == [True, True]


def test_a_working_file_opens_for_its_evaluator(tmp_path: Path, documents: Path) -> None:
    path = opened(PackOpeningViewModel(sealed(tmp_path), documents)).session.file.path
    files, sessions = WelcomeViewModel(), list[Session]()
    files.opened.connect(sessions.append)
    files.open(path)
    files.open(a_desk(tmp_path, "set-up").file)
    assert [session.file.kind.name for session in sessions] == ["SCORING", "TENDER"]
    for session in sessions:
        session.file.close()


def test_the_card_is_made_once_shown_in_words_and_saved(tmp_path: Path) -> None:
    card = OwnIdentityViewModel()
    assert card.may_make
    assert "your name" in card.make("", "ben@x.example")
    assert "e-mail" in card.make("Ben Bell", "nowhere")
    assert card.protect("long enough words", "long enough words") != ""
    assert card.make(" Ben Bell ", "ben@x.example") == ""
    found = card.card
    assert found is not None
    assert (found.name, len(found.words.split()), found.protected) == ("Ben Bell", 8, False)
    assert card.proposed == "Ben-Bell.evaluator"
    path = card.saving(tmp_path / "me")(NullProgress())
    assert path.name == "me.evaluator"
    assert "Ben Bell" in path.read_text(encoding="utf-8")
    assert card.make("Ben Bell", "ben@x.example") != ""


def test_the_keys_are_protected_and_asked_for(tmp_path: Path) -> None:
    card = OwnIdentityViewModel()
    card.make("Ben Bell", "ben@x.example")
    before = card.card
    assert "not the same" in card.protect("long enough words", "other words here")
    assert "too short" in card.protect("short", "short")
    assert card.protect("long enough words", "long enough words") == ""
    locked = OwnIdentityViewModel()
    assert locked.is_locked
    assert not locked.may_make
    assert locked.look("other words here") != ""
    assert locked.look("long enough words") == ""
    assert before is not None
    assert locked.card == replace(before, protected=True)
    with pytest.raises(KeysNeeded):
        _nobody(tmp_path).saving(tmp_path / "x")


def _nobody(_folder: Path) -> OwnIdentityViewModel:
    locked = OwnIdentityViewModel()
    assert locked.card is None
    with pytest.raises(RuntimeError):
        locked.refusal_of(RuntimeError())
    return locked
