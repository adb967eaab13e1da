"""Which revision last changed each item, over many revisions."""

from random import Random

from argmap.store.revs import NEWER, Item, Revs


def test_after_any_changes_the_revisions_are_those_of_a_plain_dict() -> None:
    chance = Random(7)
    items: list[Item] = [("claim", f"c{n}") for n in range(60)]
    plain: dict[Item, int] = dict.fromkeys(items[:20], 1)
    revs = Revs(dict(plain))
    for revision in range(2, 3 * NEWER):
        changed = chance.sample(items, chance.randint(1, 3))
        changes = {item: chance.choice([revision, None]) for item in changed}
        was, before = revs, dict(plain)
        revs = revs.after(changes)
        for item, rev in changes.items():
            plain.pop(item, None)
            if rev is not None:
                plain[item] = rev

        assert revs.whole() == dict(revs) == plain
        assert len(revs) == len(plain)
        assert [item in revs for item in items] == [item in plain for item in items]
        assert [revs.get(item) for item in items] == [plain.get(i) for i in items]
        assert was.whole() == before
